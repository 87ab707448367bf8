"""The interface keeps to its own description, whether what is sent fits it or not."""

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

REQUESTS = 150
HONEST_REFUSALS = (503, 504)
PROMISES = [status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def interface(server):
    return schemathesis.openapi.from_url(f"{server}/openapi.json")


@pytest.mark.slow
def test_every_operation_can_be_read_by_programs(interface):
    operations = [found.ok() for found in interface.get_all_operations()]
    assert {"/sparql", "/store", "/questions/figures"} <= {one.path for one in operations}


@pytest.mark.slow
@pytest.mark.parametrize("mode", GenerationMode, ids=lambda mode: mode.value)
def test_an_answer_is_never_a_failure_and_always_one_that_is_described(interface, mode):
    requests = st.one_of(
        found.ok().as_strategy(generation_mode=mode) for found in interface.get_all_operations()
    )

    @settings(
        max_examples=REQUESTS,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(requests)
    def send(case):
        response = case.call()
        assert response.status_code < 500 or response.status_code in HONEST_REFUSALS
        case.validate_response(response, checks=PROMISES)

    send()
