"""The list of doubts as a reader turns its pages."""

import html
import re

from reading_client import ReadingClient

HTML = {"Accept": "text/html"}
ROW = re.compile(r"<tr>\n(<td>.*?)</tr>", re.DOTALL)


def client_of(app):
    """A client for what several tests read once."""
    app.test_client_class = ReadingClient
    return app.test_client()


def doubts_page(client, address="/quality"):
    """A page of the list, as text."""
    response = client.get(address, headers=HTML)
    assert response.status_code == 200, response.text
    return response.text


def all_pages(client, address="/quality"):
    """This page of the list and all that follow, each reached by the link of the one before."""
    pages = [doubts_page(client, address)]
    while found := re.search(r'<a rel="next" href="([^"]+)"', pages[-1]):
        pages.append(doubts_page(client, html.unescape(found[1]).partition("#")[0]))
    return pages


def rows_in(text):
    """The rows of a page: each as its HTML."""
    return ROW.findall(text)


def words_of(row):
    """A row as people read it."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", row)).split())
