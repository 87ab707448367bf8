"""Ask a service for minutes, break it meanwhile, and compare every answer with the truth.

``service`` starts ``allograph serve`` in a folder of its own; ``truth`` knows what each request is
answered when nothing is wrong; ``load`` asks; ``faults`` break things, one after another; ``watch``
looks at memory and places every second; ``report`` says what came of it.
"""
