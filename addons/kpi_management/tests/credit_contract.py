"""What a measure keeps besides, when its records credit the people whose users stand on them."""

from datetime import timedelta

from odoo.fields import Command

from .measure_contract import MeasureContract


class CreditContract(MeasureContract):
    """Tests of one measure whose records name users; hooks as in ``MeasureContract``."""

    def test_a_salesperson_whose_user_is_archived_still_counts(self):
        self.count(self.an, "2026-03-10 09:00:00", 5)
        self.an.user_id.active = False
        for subject in (self.an, self.north, self.sales, self.company):
            self.assertEqual(self.figure(subject), self.worth(5), subject.name)

    def test_a_salesperson_who_left_still_counts(self):
        record = self.count(self.an, "2026-03-10 09:00:00", 5)
        self.an.action_archive()
        self.an.departure_date = "2026-03-20"
        for subject in (self.an, self.north, self.sales, self.company):
            self.assertEqual(self.figure(subject), self.worth(5), subject.name)
        for subject in (self.an, self.north):
            self.assertEqual(self.opened(self.computed_line(subject)), record, subject.name)

    def test_who_changes_department_counts_for_each_on_the_days_spent_there(self):
        self.an.create_version({"date_version": "2026-03-16", "department_id": self.office.id})
        before = self.count(self.an, "2026-03-15 23:59:59", 5)  # 15 March in the company, 16:59:59 UTC
        after = self.count(self.an, "2026-03-16 00:00:00", 7)  # 16 March in the company, still the 15th in UTC
        self.assertEqual(
            self.figures(self.sales | self.north | self.office),
            {
                self.sales.id: self.worth(5),
                self.north.id: self.worth(5),
                self.office.id: self.worth(7),
            },
        )
        self.assertEqual(self.figure(self.an), self.worth(5, 7))
        self.assertEqual(self.opened(self.computed_line(self.sales)), before)
        self.assertEqual(self.opened(self.computed_line(self.office)), after)

    def test_who_moves_within_a_department_counts_once_for_it(self):
        self.an.create_version({"date_version": "2026-03-16", "department_id": self.south.id})
        self.count(self.an, "2026-03-15 09:00:00", 5)
        self.count(self.an, "2026-03-16 09:00:00", 7)
        self.assertEqual(
            self.figures(self.sales | self.north | self.south),
            {self.sales.id: self.worth(5, 7), self.north.id: self.worth(5), self.south.id: self.worth(7)},
        )

    def test_a_new_contract_in_the_same_department_does_not_count_twice(self):
        self.an.create_version({"date_version": "2026-03-16", "job_title": "Senior"})
        self.count(self.an, "2026-03-15 09:00:00", 5)
        self.count(self.an, "2026-03-16 09:00:00", 7)
        self.assertEqual(self.figure(self.north), self.worth(5, 7))
        self.assertEqual(self.figure(self.an), self.worth(5, 7))

    def test_employees_without_a_user_are_not_taken_for_one_another(self):
        mai = self.make_employee("Mai", self.north)
        nga = self.make_employee("Nga", self.south)
        nobodys = self.make_counted(self.env["hr.employee"], self.utc("2026-03-10 09:00:00"), 5, self.company)
        self.count(self.an, "2026-03-10 09:00:00", 7)
        self.assertEqual(self.figures(mai | nga | self.an), {self.an.id: self.worth(7)})
        self.assertEqual(self.figures(self.north | self.south), {self.north.id: self.worth(7)})
        self.assertEqual(self.figure(self.company), self.worth(5, 7))
        self.assertFalse(self.opened(self.computed_line(mai)))
        self.assertIn(nobodys, self.opened(self.computed_line(self.company)))

    def test_a_user_with_an_employee_in_two_companies_counts_in_each_for_its_own_records(self):
        user = self.an.user_id
        user.company_ids = [Command.link(self.other_company.id)]
        twin = self.make_employee("An", self.dung.department_id, user=user)
        self.count(self.an, "2026-03-10 09:00:00", 5)
        self.make_counted(twin, self.utc("2026-03-10 09:00:00") + timedelta(hours=1), 7)
        self.assertEqual(self.figure(self.an), self.worth(5))
        self.assertEqual(self.figure(self.north), self.worth(5))
        self.assertEqual(self.figure(self.company), self.worth(5))
        for subject in (twin, twin.department_id, self.other_company):
            self.assertEqual(self.figures(subject, self.other_company), {subject.id: self.worth(7)}, subject.name)
