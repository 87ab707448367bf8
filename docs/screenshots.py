"""Photograph the main pages, light and dark, as ``docs/screenshots/<page>-<scheme>.webp``.

A real server answers for the release of this checkout, on a port of its own; Chromium looks at it
as a reader does. The best three are part of the repository, for the README; the others are not.

python docs/screenshots.py [FOLDER]
"""

import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

HERE = Path(__file__).parent
# The name of each picture, the address, and the width and height of the window in CSS pixels.
PAGES = (
    ("home", "/", 1280, 900),
    ("home-narrow", "/", 360, 780),
    ("search", "/search?q=blinatumomap", 1280, 900),
    ("questions", "/questions", 1280, 900),
    ("question", "/questions/share-reaching-transplant", 1280, 1000),
    ("question-narrow", "/questions/share-reaching-transplant", 360, 780),
    ("study", "/study/mini-hcvd-ino", 1280, 1000),
    ("drug", "/drug/inotuzumab-ozogamicin", 1280, 900),
    ("doubts", "/quality", 1280, 900),
    ("ontology", "/ontology", 1280, 900),
    ("sparql", "/sparql", 1280, 900),
    ("download", "/download", 1280, 900),
    ("documentation", "/docs", 1280, 900),
    ("methods", "/methods", 1280, 900),
    ("wrong-address", "/study/inovate", 1280, 700),
)
SCHEMES = ("light", "dark")
QUALITY = 82
PATIENCE = 60
"""Seconds until the server must have said where it is."""


@contextmanager
def served() -> Iterator[str]:
    """Serve in a process of its own; gives the address."""
    command = [sys.executable, "-m", "allograph", "serve", "--port", "0"]
    with (
        TemporaryDirectory() as folder,
        (Path(folder) / "log").open("w") as log,
        subprocess.Popen(command, stderr=log) as process,  # noqa: S603  # the command is ours
    ):
        try:
            until = time.monotonic() + PATIENCE
            while not (announced := re.search(r"http://\S+", Path(log.name).read_text("utf-8"))):
                if process.poll() is not None or time.monotonic() > until:
                    raise SystemExit(
                        f"the server did not start: {Path(log.name).read_text('utf-8')}"
                    )
                time.sleep(0.1)
            yield announced[0]
        finally:
            process.terminate()


def photograph(browser: Browser, server: str, folder: Path) -> Iterator[Path]:
    """Photograph each page in each scheme; gives the files, one after another."""
    for scheme in SCHEMES:
        for name, address, width, height in PAGES:
            context = browser.new_context(
                base_url=server,
                color_scheme=scheme,
                viewport={"width": width, "height": height},
                locale="en-GB",
                reduced_motion="reduce",
            )
            page = context.new_page()
            page.goto(address, wait_until="networkidle")
            path = folder / f"{name}-{scheme}.webp"
            Image.open(BytesIO(page.screenshot())).save(path, quality=QUALITY, method=6)
            context.close()
            yield path


def main() -> None:
    """Write the pictures and say how large they are."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is not installed; on Debian: apt-get install chromium")
    with served() as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for path in photograph(browser, server, folder):
            sys.stdout.write(f"{path} {path.stat().st_size / 1000:.0f} kB\n")
        browser.close()


if __name__ == "__main__":
    main()
