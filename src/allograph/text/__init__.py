"""What a file or a request says as text: its lines, numbers, words and addresses.

Nothing here knows what the text is about; change it when a person's file or a client's request is
read wrongly. It leans on nothing but ``errors``.
"""
