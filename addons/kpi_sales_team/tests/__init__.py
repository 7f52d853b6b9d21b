from . import test_team_scorecard
