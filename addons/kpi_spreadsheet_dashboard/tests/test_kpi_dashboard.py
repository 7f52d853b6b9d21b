import json

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, freeze_time, tagged

from odoo.addons.kpi_management.tests.common import PASSWORD
from odoo.addons.kpi_management.tests.report_case import ReportCase

# Loads the dashboard as the Dashboards app does, sets filters and reads cells.
READ_CELLS = """
const { loadBundle } = odoo.loader.modules.get("@web/core/assets");
await loadBundle("spreadsheet.o_spreadsheet");
const { DashboardLoader } = odoo.loader.modules.get(
    "@spreadsheet_dashboard/bundle/dashboard_action/dashboard_loader_service"
);
const { toCartesian } = odoo.loader.modules.get("@odoo/o-spreadsheet").helpers;
const { env } = odoo.__WOWL_DEBUG__.root;
const pause = () => new Promise((done) => setTimeout(done, 100));
const loader = new DashboardLoader(env, env.services.orm, env.services.geo_json_service);
await loader.load();
while (loader.getDashboard(%(dashboard)d).status === "Loading") {
    await pause();
}
const { model } = loader.getDashboard(%(dashboard)d);
for (const [id, value] of Object.entries(%(filters)s)) {
    model.dispatch("SET_GLOBAL_FILTER_VALUE", { id, value: value || undefined });
}
const read = (name) => {
    const [sheet, xc] = name.split("!");
    const sheetId = model.getters.getSheetIdByName(sheet);
    return model.getters.getEvaluatedCell({ sheetId, ...toCartesian(xc) }).value;
};
const expected = %(expected)s;
let found;
for (let n = 0; n < 100; n++) {
    await pause();
    found = Object.fromEntries(Object.keys(expected).map((name) => [name, read(name)]));
    const same = Object.entries(expected).every(([name, value]) =>
        typeof value === "number" ? Math.abs(found[name] - value) < 1e-9 : found[name] === value
    );
    if (same) {
        console.log("test successful");
        return;
    }
}
console.error(`found ${JSON.stringify(found)} instead of ${JSON.stringify(expected)}`);
"""


@tagged("post_install", "-at_install")
class TestKpiDashboard(ReportCase, HttpCase):
    """March 2026 of the report's case, Bình: 30 % and 87.5 %, Chi: 55 %, Sales: 50 %, An: no data; in February Chi 50 %."""

    # The server's threads look at the clock, too.
    freeze_time = None

    @classmethod
    def setUpClass(cls):
        with freeze_time("2026-04-02 02:00:00"):
            super().setUpClass()
            february = cls.make_period("2026-02-15")
            cls.enter("t_revenue", cls.chi, 500, february)
            cards = cls.make_card(cls.chi, [("T_REVENUE", 100, 1000)], period=february)
            cards |= cls.make_card(cls.an, [("T_STOCK", 100, 8)])
            cards.action_compute()
        cls.dashboard = cls.env.ref("kpi_spreadsheet_dashboard.dashboard_kpi")
        cls.spreadsheet = json.loads(cls.dashboard.spreadsheet_data)
        cls.filters = {entry["label"]: entry["id"] for entry in cls.spreadsheet["globalFilters"]}

    def check_cells(self, user, expected, **filters):
        """Cells of the dashboard as a user sees them in March.

        :param expected: {cell of the sheet Data, or "Dashboard!…": value}
        :param filters: values by the label of a filter in small letters
        """
        expected = {name if "!" in name else f"Data!{name}": value for name, value in expected.items()}
        values = {"period": {"type": "month", "year": 2026, "month": 3}, **filters}
        by_id = {self.filters[label.capitalize().replace("_", " ")]: value for label, value in values.items()}
        code = READ_CELLS % {
            "dashboard": self.dashboard.id,
            "filters": json.dumps(by_id),
            "expected": json.dumps(expected),
        }
        self.browser_js("/odoo", f"(async () => {{ {code} }})()", "!!odoo.__WOWL_DEBUG__?.root", login=user.login)

    def authenticate(self, user, password, **kwargs):
        """The users of the tests have a password of their own."""
        return super().authenticate(user, password and PASSWORD, **kwargs)

    def by_sql(self, where="TRUE"):
        """{cell: value} of the figures on top by plain SQL, of March and the month before."""
        figures = {}
        for column, period in (("B", "2026-03-01"), ("C", "2026-02-01")):
            self.env.cr.execute(
                f"""
                SELECT AVG(attainment) FILTER (WHERE result = 'ok') / 100,
                       1.0 * COUNT(*) FILTER (WHERE result = 'ok' AND status = 'on_track')
                             / NULLIF(COUNT(*) FILTER (WHERE result = 'ok'), 0),
                       COUNT(*) FILTER (WHERE result = 'ok' AND status = 'behind'),
                       COUNT(*) FILTER (WHERE result = 'no_data')
                  FROM kpi_scorecard_line
                 WHERE company_id = %s AND period_type = 'month' AND date_start = %s AND {where}
                """,
                [self.company.id, period],
            )
            rows = zip((2, 3, 4, 5), self.env.cr.fetchone(), strict=True)
            figures.update({f"{column}{row}": float(value) for row, value in rows})
        return figures

    def test_the_figures_are_those_of_plain_sql(self):
        self.env.flush_all()
        figures = self.by_sql()
        # (30 + 87.5 + 55 + 50) / 4, three of them behind, and An's without data; 50 % the month before
        self.assertEqual((figures["B2"], figures["B4"], figures["B5"], figures["C2"]), (0.55625, 3, 1, 0.5))
        lowest = {
            "Dashboard!A25": "T_REVENUE",
            "Dashboard!B25": 45.0,  # of 30, 55 and 50
            "Dashboard!C25": 3,
            "Dashboard!E25": "Chi",
            "Dashboard!F25": 55.0,
            "Dashboard!E26": "Bình",
            "Dashboard!F26": 58.75,
            "Dashboard!A38": "Sales",
            "Dashboard!F38": "Bình",
            "Dashboard!G38": 30.0,
            "Dashboard!F39": "Sales",
            "Dashboard!F40": "Chi",
            # one on track: none; at risk: Bình's stock; behind: three; without status: An's
            "C9": 1,
            "D9": 3,
            "E9": 1,
        }
        self.check_cells(self.officer, {**figures, **lowest})

    def test_filters(self):
        north = {"operator": "in", "ids": self.north.ids}
        self.check_cells(self.officer, {"B2": 0.5875, "B4": 1, "B5": 1}, department=north)
        sales = {"operator": "in", "ids": self.sales.ids}
        self.check_cells(self.officer, {"B2": 0.55625, "B5": 1}, department=sales)
        chi = {"operator": "in", "ids": self.chi.ids}
        self.check_cells(self.officer, {"B2": 0.55, "B5": 0, "C2": 0.5}, person=chi)
        quarter = {"operator": "in", "selectionValues": ["quarter"]}
        self.check_cells(self.officer, {"B2": "", "B5": ""}, type_of_period=quarter)

    def test_each_sees_his_own(self):
        self.check_cells(self.an_user, {"B2": 0.5875, "B4": 1, "B5": 1})
        self.check_cells(self.binh_user, {"B2": 0.5875, "B4": 1, "B5": 0})

    def test_who_sees_no_kpi_is_shown_a_sample(self):
        self.check_cells(self.stranger, {"B2": 0.935, "B4": 3, "Dashboard!E25": "Nora Lee", "Dashboard!F25": 68.9})

    def test_the_people_of_a_department(self):
        Line = self.env["kpi.scorecard.line"].with_user(self.officer)
        mine = [("company_id", "=", self.company.id), ("date_start", "=", "2026-03-01")]
        for department, subjects in ((self.sales, {"Sales", "Bình", "Chi", "An"}), (self.north, {"Bình", "An"})):
            found = Line.search([*mine, ("unit_id", "in", department.ids)])
            self.assertEqual(set(found.mapped("subject_name")), subjects)
            self.assertEqual(found, Line.search([*mine, ("unit_id", "child_of", department.ids)]))
            # one id, as Odoo hands it over, and a name
            self.assertEqual(found, Line.search([*mine, ("unit_id", "child_of", department.id)]))
            self.assertEqual(found, Line.search([*mine, ("unit_id", "ilike", department.name)]))
        # never more than one may see
        found = Line.with_user(self.chi_user).search([*mine, ("unit_id", "in", self.sales.ids)])
        self.assertEqual(found.mapped("subject_name"), ["Chi"])

    def test_who_belongs_to_no_department(self):
        self.chi.department_id = False
        self.make_card(self.company, [("T_REVENUE", 100, 5000)])
        Line = self.env["kpi.scorecard.line"].with_user(self.officer)
        mine = [("company_id", "=", self.company.id), ("date_start", "=", "2026-03-01")]
        found = Line.search([*mine, ("unit_id", "=", False)])
        self.assertEqual(set(found.mapped("subject_name")), {"Chi", "Sao Mai"})
        self.assertEqual(
            set(Line.search([*mine, ("unit_id", "!=", False)]).mapped("subject_name")), {"Sales", "Bình", "An"}
        )
        either = Line.search([*mine, ("unit_id", "in", [False, self.north.id])])
        self.assertEqual(set(either.mapped("subject_name")), {"Chi", "Sao Mai", "Bình", "An"})

    def test_a_filter_by_department_tells_nothing_about_people(self):
        self.hang.sudo().pin = "1234"
        Line = self.env["kpi.scorecard.line"].with_user(self.binh_user)
        with self.assertRaises(AccessError):
            Line.search([("unit_id.manager_id.pin", "=", "1234")])

    def test_both_files_pass_odoo_s_own_check(self):
        sample = self.dashboard._get_sample_dashboard()
        for data in (self.spreadsheet, sample):
            copy = self.env["spreadsheet.dashboard"].create(
                {
                    "name": "Check",
                    "dashboard_group_id": self.dashboard.dashboard_group_id.id,
                    "spreadsheet_data": json.dumps(data),
                }
            )
            self.assertEqual(json.loads(copy.spreadsheet_data), data)
