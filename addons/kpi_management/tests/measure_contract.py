"""The contract that every counted measure keeps.

A bridge mixes ``MeasureContract`` (or what extends it: ``CreditContract``, ``TeamContract``) with ``MeasureCase`` and
the hooks of its measure: how a record that counts is made and cancelled, and the total in plain SQL.
"""

from datetime import timedelta

SECOND = timedelta(seconds=1)
CROWD = 1000


class MeasureContract:
    """Tests of one measure, for classes that inherit ``MeasureCase`` too."""

    allow_inherited_tests_method = True

    def test_total_of_company_departments_and_people_is_that_of_plain_sql(self):
        by_an = [self.count(self.an, "2026-03-02 09:00:00", 5), self.count(self.an, "2026-03-16 18:00:00", 6)]
        by_chi = self.count(self.chi, "2026-03-31 12:00:00", 7)
        self.count(self.lan, "2026-03-10 12:00:00", 11)
        self.assertEqual(self.figure(self.company), self.worth(5, 6, 7, 11))
        self.assertEqual(
            self.figures(self.sales | self.north | self.south | self.office),
            {
                self.sales.id: self.worth(5, 6, 7),  # with the departments below it
                self.north.id: self.worth(5, 6),
                self.south.id: self.worth(7),
                self.office.id: self.worth(11),
            },
        )
        an = self.env["hr.employee"].union(*(self.credited(record, self.an) for record in by_an))
        chi = self.credited(by_chi, self.chi)
        figures = self.figures(an | chi)
        self.assertEqual(sum(figures[person.id] for person in an), self.worth(5, 6))
        self.assertEqual(figures[chi.id], self.worth(7))
        self.assertEqual(self.plain_total(), self.worth(5, 6, 7, 11))
        self.assertEqual(self.plain_total(people=an), self.worth(5, 6))
        self.assertEqual(self.plain_total(people=an | chi), self.worth(5, 6, 7))

    def test_nothing_of_another_company_counts(self):
        ours = self.count(self.an, "2026-03-10 09:00:00", 5)
        theirs = self.count(self.dung, "2026-03-10 09:00:00", 7)
        dung = self.credited(theirs, self.dung)
        self.assertEqual(self.figure(self.company), self.worth(5))
        self.assertEqual(self.plain_total(company=self.other_company), self.worth(7))
        self.assertEqual(self.figures(self.credited(ours, self.an) | dung).get(dung.id, 0), 0)
        self.assertEqual(self.figure(self.dung.department_id), 0)
        self.assertEqual(self.opened(self.computed_line(self.company)), ours)

    def test_the_period_begins_and_ends_at_midnight_in_ho_chi_minh_city(self):
        self._check_edges("Asia/Ho_Chi_Minh")

    def test_the_period_begins_and_ends_at_midnight_eight_hours_west_of_greenwich(self):
        self._check_edges("Etc/GMT+8")  # POSIX counts the other way round: this is UTC−8

    def _check_edges(self, tz):
        self.company.resource_calendar_id.tz = tz
        start, end = self.utc("2026-03-01 00:00:00"), self.utc("2026-04-01 00:00:00")
        self.make_counted(self.an, start - SECOND, 1)
        first = self.make_counted(self.an, start, 2)
        last = self.make_counted(self.an, end - SECOND, 4)
        self.make_counted(self.an, end, 8)
        for subject in (self.company, self.sales, self.north):
            self.assertEqual(self.figure(subject), self.worth(2, 4), subject.name)
        people = self.credited(first, self.an) | self.credited(last, self.an)
        self.assertEqual(sum(self.figures(people).values()), self.worth(2, 4))
        self.assertEqual(self.opened(self.computed_line(self.company)), first | last)

    def test_what_is_cancelled_does_not_count(self):
        kept = self.count(self.an, "2026-03-10 09:00:00", 5)
        cancelled = self.count(self.an, "2026-03-11 09:00:00", 7)
        self.exclude(cancelled)
        self.assertEqual(self.figure(self.company), self.worth(5))
        self.assertEqual(self.figure(self.sales), self.worth(5))
        self.assertEqual(self.figure(self.credited(kept, self.an)), self.worth(5))
        self.assertEqual(self.plain_total(), self.worth(5))

    def test_no_records_are_zero_and_a_ratio_over_nothing_is_no_data(self):
        self.assertEqual(self.figures(self.company), {})
        self.assertEqual(self.figures(self.sales | self.office), {})
        line = self.computed_line(self.sales)
        self.assertEqual((line.result, line.actual), ("ok", 0))
        self.assertFalse(self.opened(line))
        ratio = self.computed_line(self.company, f"100 * {self.measure_code} / {self.measure_code}")
        self.assertEqual(ratio.result, "no_data")
        self.assertFalse(ratio.scorecard_id.has_score)

    def test_a_click_on_the_actual_finds_exactly_the_records_counted(self):
        by_an = self.count(self.an, "2026-03-02 09:00:00", 5)
        archived = self.count(self.an, "2026-03-03 09:00:00", 6)
        by_chi = self.count(self.chi, "2026-03-31 12:00:00", 7)
        by_lan = self.count(self.lan, "2026-03-10 12:00:00", 11)
        self.exclude(self.count(self.an, "2026-03-11 09:00:00", 13))
        self.archive(archived)
        lines = {
            self.company: by_an | archived | by_chi | by_lan,
            self.sales: by_an | archived | by_chi,
            self.south: by_chi,
            self.credited(by_chi, self.chi): by_chi,
            self.credited(by_lan, self.lan): by_lan,
        }
        for subject, records in lines.items():
            line = self.computed_line(subject)
            self.assertEqual(self.opened(line), records, subject.name)
            self.assertEqual(line.actual, self.figure(subject), subject.name)

    def test_a_thousand_people_take_as_many_queries_as_ten(self):
        crowd = self.make_crowd(CROWD)
        record = self.count(crowd[0], "2026-03-10 09:00:00", 5)
        parts = self.env["hr.department"].union(*(self.make_department(f"Part {number}") for number in range(30)))
        for few, many in ((crowd[:10], crowd), (parts[:3], parts | self.office)):
            self.figures(few)  # what Odoo loads once per server
            with self.assertQueryCount(self.count_queries(few)):
                figures = self.figures(many)
        self.assertEqual(figures, {self.office.id: self.worth(5)})
        self.assertEqual(self.figure(self.credited(record, crowd[0])), self.worth(5))
