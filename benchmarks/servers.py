"""One application behind several WSGI servers: requests a second, and their ratio to waitress.

    pip install gunicorn granian
    python benchmarks/servers.py [SECONDS]

Each server runs alone, on a free port of 127.0.0.1, with as many threads as clients.
"""

import http.client
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlencode

CLIENTS = 16
QUERY = "SELECT ?drug { ?drug a <https://w3id.org/allograph/ontology#Drug> }"
PATH = f"/sparql?{urlencode({'query': QUERY})}"
SERVERS = {
    "waitress": "waitress-serve --host 127.0.0.1 --port {port} --threads 16 --call servers:make",
    "gunicorn": "gunicorn -b 127.0.0.1:{port} -k gthread --threads 16 -w 1 servers:make()",
    "granian": "granian --interface wsgi --host 127.0.0.1 --port {port} --workers 1"
    " --blocking-threads 16 --factory servers:make",
}


def make():
    """Make the application that all servers serve."""
    from allograph.curated.sources import find_sources
    from allograph.release import ensure_release
    from allograph.service.live import LiveApplication
    from allograph.settings import settings_from

    settings = settings_from({"ALLOGRAPH_CACHE": "0"})
    sources = find_sources()
    return LiveApplication(settings, ensure_release(sources, settings))


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def ask_until(port: int, end: float) -> int:
    """Ask over one connection until the time is over; count the answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    asked = 0
    while monotonic() < end:
        connection.request("GET", PATH, headers={"Accept": "text/csv"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != http.client.OK:
            raise RuntimeError(f"{answer.status}")
        asked += 1
    return asked


def requests_per_second(command: str, seconds: float) -> float:
    """Start a server, ask it from all clients at once, and end it."""
    port = free_port()
    name, *options = command.format(port=port).split()
    words = [str(Path(sys.executable).parent / name), *options]
    process = subprocess.Popen(
        words, cwd=Path(__file__).parent, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        for _ in range(200):
            try:
                ask_until(port, monotonic() + 0.1)
                break
            except OSError:
                sleep(0.1)
        with ThreadPoolExecutor(CLIENTS) as clients:
            end = monotonic() + seconds
            asked = sum(clients.map(lambda _: ask_until(port, end), range(CLIENTS)))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(20)
    return asked / seconds


def main() -> None:
    """Print one line for each server."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5
    measured = {name: requests_per_second(line, seconds) for name, line in SERVERS.items()}
    for name, rate in measured.items():
        sys.stdout.write(f"{name:10} {rate:8.0f}/s {rate / measured['waitress']:6.2f} times\n")


if __name__ == "__main__":
    main()
