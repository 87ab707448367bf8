"""The settings: one table for options, environment and help."""

import pytest

from allograph.errors import SettingError
from allograph.settings import SETTINGS, Settings, settings_from


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_setting_has_a_default_a_sentence_and_a_variable(setting):
    assert getattr(Settings(), setting.name) == setting.default
    assert setting.help.endswith(".")
    assert setting.variable == f"ALLOGRAPH_{setting.name.upper()}"


def test_the_environment_sets_a_setting():
    assert settings_from({"ALLOGRAPH_PORT": "9000", "HOME": "/root"}).port == 9000


def test_an_option_wins_over_the_environment():
    assert settings_from({"ALLOGRAPH_PORT": "9000"}, {"port": "9001", "host": None}).port == 9001


def test_an_unknown_variable_is_refused_and_the_nearest_is_named():
    with pytest.raises(SettingError, match=r"ALLOGRAPH_PRT.*did you mean 'ALLOGRAPH_PORT'"):
        settings_from({"ALLOGRAPH_PRT": "9000"})


@pytest.mark.parametrize("text", ["", "-1", "x", "65536", "8e3"])
def test_a_port_is_a_whole_number_that_a_port_can_be(text):
    with pytest.raises(SettingError, match="whole number from 0 to 65535"):
        settings_from({"ALLOGRAPH_PORT": text})
