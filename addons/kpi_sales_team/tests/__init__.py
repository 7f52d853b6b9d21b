from . import test_team_scorecard, test_team_split
