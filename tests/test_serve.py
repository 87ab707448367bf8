"""Starting to serve: where large answers wait, and what is said when they cannot."""

import tempfile

import pytest

from allograph.errors import SettingError
from allograph.release import Home
from allograph.service.serve import folder_for_answers


@pytest.fixture
def release(tmp_path):
    release = Home(tmp_path / "home").release("0.0.0-1")
    release.directory.mkdir(parents=True)
    return release


def test_large_answers_wait_in_the_home(release, tmp_path, capsys):
    assert folder_for_answers(release) == tmp_path / "home" / "tmp"
    assert not capsys.readouterr().err


def test_without_a_home_that_can_be_written_they_wait_in_the_system_s_folder(
    release, tmp_path, monkeypatch, capsys
):
    (tmp_path / "home" / "tmp").touch()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert folder_for_answers(release) == tmp_path
    assert "home/tmp cannot be written" in capsys.readouterr().err


def test_without_any_folder_the_service_says_so_and_does_not_start(release, tmp_path, monkeypatch):
    (tmp_path / "home" / "tmp").touch()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "home" / "tmp"))
    with pytest.raises(SettingError, match="no folder for large answers; choose one"):
        folder_for_answers(release)
