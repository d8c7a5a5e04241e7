"""The contract suite on surveys in files."""

from __future__ import annotations

from adapters.survey_files.simulator import SurveyFolder
from connector.simulation import Simulator
from connector.testing import AdapterContract


class TestSurveyFiles(AdapterContract):
    adapter = "survey_files"

    def simulator(self) -> type[Simulator]:
        return SurveyFolder
