from . import test_team_card, test_team_cockpit, test_team_scorecard, test_team_split
