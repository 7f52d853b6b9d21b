from odoo.tests import BaseCase, tagged

from ..models.cockpit_tree import Fact, Tree, attention, counted

COMPANY = ("company", 1)
# Sales (1) holds North (2) and South (3); Office (4) stands beside it, the Vault (5) is below Office.
PARENTS = {1: None, 2: 1, 3: 1, 4: None, 5: 4}


def person(key, home, score=None, **counts):
    return Fact(100 + key, ("employee", key), home, score, counts=counts)


def department(key, score=None, **counts):
    return Fact(200 + key, ("department", key), None, score, counts=counts)


@tagged("post_install", "-at_install")
class TestCockpitTree(BaseCase):
    def test_what_is_one_step_below(self):
        tree = Tree([person(1, 2, 80), person(2, 2, 60), person(3, 1, 90), person(4, None, 50)], PARENTS)
        self.assertEqual([row.subject for row in tree.rows(COMPANY)], [("department", 1), ("employee", 4)])
        self.assertEqual([row.subject for row in tree.rows(("department", 1))], [("department", 2), ("employee", 3)])
        (sales, _nobodys) = tree.rows(COMPANY)
        self.assertEqual([fact.subject[1] for fact in sales.people], [1, 2, 3])
        self.assertEqual(round(sales.score, 4), 76.6667)
        self.assertEqual(tree.rows(("employee", 1)), [])

    def test_own_scorecard_counts_before_the_mean_of_the_people(self):
        tree = Tree([person(1, 2, 80), department(2, 95)], PARENTS)
        ((sales),) = tree.rows(COMPANY)
        self.assertEqual(sales.score, 80)
        (north,) = tree.rows(("department", 1))
        self.assertEqual(north.score, 95)

    def test_a_department_without_people_is_reached_by_those_above_it(self):
        tree = Tree([department(5, 70)], PARENTS)
        self.assertEqual([row.subject for row in tree.rows(COMPANY)], [("department", 4)])
        self.assertEqual([row.subject for row in tree.rows(("department", 4))], [("department", 5)])
        self.assertTrue(tree.knows(("department", 5)))
        self.assertFalse(tree.knows(("department", 2)))

    def test_what_went_wrong_comes_first(self):
        people = [
            person(1, 2, 90, on_track=2),
            person(2, 2, 70, at_risk=1, on_track=1),
            person(3, 2, 95, behind=1, on_track=1),
            person(4, 2, 40, behind=1, on_track=1),
            person(5, 2, None, none=1, no_data=1),
            person(6, 2, 99, error=2),
        ]
        rows = Tree(people, PARENTS).rows(("department", 2))
        self.assertEqual([row.subject[1] for row in rows], [6, 4, 3, 2, 5, 1])
        self.assertLess(attention({"behind": 1}, 99), attention({"behind": 1, "on_track": 1}, 0))

    def test_a_unit_whose_own_scorecard_went_wrong_comes_before_people_at_risk(self):
        # North's own KPI is behind though its person is on track; in South one of two lines is at risk.
        facts = [person(1, 2, 100, on_track=3), department(2, 30, behind=1), person(2, 3, 70, at_risk=1, on_track=1)]
        rows = Tree(facts, PARENTS).rows(("department", 1))
        self.assertEqual([row.subject[1] for row in rows], [2, 3])
        self.assertEqual(rows[0].counts["behind"], 0, "counted are the people")

    def test_lines_are_counted_once(self):
        tree = Tree([person(1, 2, 80, behind=1, on_track=2), department(1, 10, error=4)], PARENTS)
        (sales,) = tree.rows(COMPANY)
        self.assertEqual(sales.counts, {"error": 0, "behind": 1, "at_risk": 0, "no_data": 0, "none": 0, "on_track": 2})
        self.assertEqual(counted(tree.people_of(COMPANY)), sales.counts)

    def test_widest_subject_holds_everything(self):
        self.assertEqual(Tree([person(1, 2)], PARENTS).widest(COMPANY), ("employee", 1))
        self.assertEqual(Tree([person(1, 2), person(2, 3)], PARENTS).widest(COMPANY), ("department", 1))
        self.assertEqual(Tree([person(1, 2), person(2, 4)], PARENTS).widest(COMPANY), COMPANY)
        self.assertEqual(Tree([person(1, 2), department(1)], PARENTS).widest(COMPANY), ("department", 1))
        self.assertEqual(Tree([], PARENTS).widest(COMPANY), COMPANY)

    def test_path(self):
        tree = Tree([person(1, 3)], PARENTS)
        self.assertEqual(
            tree.path(("employee", 1), COMPANY), [COMPANY, ("department", 1), ("department", 3), ("employee", 1)]
        )
        self.assertEqual(tree.path(("department", 5), COMPANY), [COMPANY, ("department", 4), ("department", 5)])
        self.assertEqual(tree.path(COMPANY, COMPANY), [COMPANY])

    def test_scorecards_of_a_department_are_those_in_it(self):
        facts = [person(1, 2), person(2, 4), department(1), department(2), department(4)]
        tree = Tree(facts, PARENTS)
        self.assertEqual(sorted(tree.cards_of(("department", 1))), [101, 201, 202])
        self.assertEqual(sorted(tree.cards_of(COMPANY)), [101, 102, 201, 202, 204])
        self.assertEqual(tree.cards_of(("employee", 2)), [102])

    def test_other_subjects_tell_their_members(self):
        team = Fact(301, ("team", 7), None, 55)
        tree = Tree([team, person(1, 2, 60), person(2, 3, 70)], PARENTS, {("team", 7): {2}})
        self.assertEqual([row.subject for row in tree.rows(("team", 7))], [("employee", 2)])
        self.assertIn(("team", 7), [row.subject for row in tree.rows(COMPANY)])
        self.assertEqual(sorted(tree.cards_of(("team", 7))), [102, 301])
        self.assertEqual(tree.path(("team", 7), COMPANY), [COMPANY, ("team", 7)])
