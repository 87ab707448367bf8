"""HTTP itself: what happens to a request and to its answer, whatever they are about.

Touch it for a header, a limit, a coding, what is kept, how a run is followed, or how an error is
told. It knows no page and no template but that of a problem; ``steps_of`` of ``web`` says in which
order a request passes through it.
"""
