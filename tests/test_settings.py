"""The settings: one table for options, environment and help."""

import pytest

from allograph.errors import SettingError
from allograph.settings import SETTINGS, Settings, settings_from


def test_a_setting_has_a_default_a_sentence_and_a_variable():
    for setting in SETTINGS:
        assert getattr(Settings(), setting.name) == setting.default, setting
        assert setting.help.endswith("."), setting
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


@pytest.mark.parametrize("text", ["9" * 5000, "\u0661\u0662", "1_0", " 80", "80\n", "+80"])
def test_a_number_is_written_with_few_digits_of_ascii_and_nothing_else(text):
    with pytest.raises(SettingError, match="ALLOGRAPH_PORT is a whole number") as error:
        settings_from({"ALLOGRAPH_PORT": text})
    assert len(str(error.value)) < 150
    assert "\n" not in str(error.value)


OF_KUBERNETES = {
    "ALLOGRAPH_SERVICE_HOST": "10.0.0.1",
    "ALLOGRAPH_SERVICE_PORT": "8650",
    "ALLOGRAPH_SERVICE_PORT_HTTP": "8650",
    "ALLOGRAPH_PORT": "tcp://10.0.0.1:8650",
    "ALLOGRAPH_PORT_8650_TCP": "tcp://10.0.0.1:8650",
    "ALLOGRAPH_PORT_8650_TCP_PROTO": "tcp",
    "ALLOGRAPH_PORT_8650_TCP_PORT": "8650",
    "ALLOGRAPH_PORT_8650_TCP_ADDR": "10.0.0.1",
    "ALLOGRAPH_PORT_53_UDP_PROTO": "udp",
    "ALLOGRAPH_PROXY_SERVICE_HOST": "10.0.0.2",
    "ALLOGRAPH_PROXY_PORT": "tcp://10.0.0.2:80",
}


def test_what_kubernetes_sets_by_itself_is_passed_over_with_one_remark_that_tells_the_cure():
    told = []
    ours = {"ALLOGRAPH_SERVICE_ALLOW": "https://example.org/sparql", "ALLOGRAPH_WORKERS": "3"}
    settings = settings_from(OF_KUBERNETES | ours, tell=told.append)
    assert settings == Settings(service_allow="https://example.org/sparql", workers=3)
    (remark,) = told
    assert "enableServiceLinks: false" in remark
    assert all(name in remark for name in OF_KUBERNETES)
    assert "\n" not in remark


def test_an_option_sets_the_port_where_kubernetes_says_another_thing():
    assert settings_from(OF_KUBERNETES, {"port": "9001"}, tell=[].append).port == 9001


def test_settings_of_our_own_bring_no_remark():
    told = []
    settings_from({"ALLOGRAPH_PORT": "9000", "ALLOGRAPH_SERVICE_ALLOW": ""}, tell=told.append)
    assert told == []


def test_the_remark_is_said_once_on_standard_error_however_often_settings_are_read(capsys):
    environ = {"ALLOGRAPH_SERVICE_HOST": "10.9.8.7", "ALLOGRAPH_SERVICE_PORT_SAID_ONCE": "1"}
    for _ in range(3):
        settings_from(environ)
    assert capsys.readouterr().err.count("ALLOGRAPH_SERVICE_PORT_SAID_ONCE") == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("ALLOGRAPH_PORT", "http://10.0.0.1:8650"),
        ("ALLOGRAPH_PORT", "tcp:8650"),
        ("ALLOGRAPH_SERVICE_HOSTS", "10.0.0.1"),
        ("ALLOGRAPH_SERVICES_ALLOW", ""),
        ("ALLOGRAPH_PORT_8650", "tcp"),
        ("ALLOGRAPH_PROXY_PORT", "8650"),
    ],
)
def test_what_only_looks_like_kubernetes_is_refused(name, text):
    with pytest.raises(SettingError, match=name):
        settings_from({name: text})
