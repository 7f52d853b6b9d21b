from odoo import api, fields, models

RATINGS = [("1", "1"), ("2", "2"), ("3", "3"), ("4", "4"), ("5", "5")]
RATING_VALUES = [value for value, _name in RATINGS]
# What a rating is worth beside KPIs, in percent. A KPI that reaches its target scores 100, so whoever does what is asked
# is worth 100, too: with 20 per step a faultless year of threes would count 60 and pull everybody down. The best is
# worth what a KPI may reach at most (its cap, 120), and what lies below falls into the grades below.
WORTH = {"1": 40.0, "2": 70.0, "3": 100.0, "4": 110.0, "5": 120.0}


class KpiRatingLevel(models.Model):
    """One step of the rating scale of reviews: what it is called and what it is worth."""

    _name = "kpi.rating.level"
    _description = "Rating Level"
    _order = "company_id, rating desc"

    rating = fields.Selection(RATINGS, required=True, help="5 is the best.")
    name = fields.Char(required=True, translate=True)
    percent = fields.Float(
        string="Worth (%)",
        digits=(16, 2),
        compute="_compute_percent",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        help="What this rating counts as in the result, in percent; 100 means as good as a target that is met.",
    )
    company_id = fields.Many2one(
        "res.company", ondelete="cascade", help="Empty: for every company that has no levels of its own."
    )

    _unique_rating = models.UniqueIndex(
        "(COALESCE(company_id, 0), rating)", "There is a level with this rating already: change that one."
    )
    _percent_range = models.Constraint(
        "CHECK(percent >= 0 AND percent <= 1000)", "A rating is worth 0 to 1,000 percent."
    )

    @api.depends("rating")
    def _compute_percent(self):
        for level in self:
            level.percent = WORTH.get(level.rating, 0)

    @api.depends("rating", "name")
    def _compute_display_name(self):
        for level in self:
            level.display_name = f"{level.rating} · {level.name}"

    @api.model
    def _for_company(self, company):
        """The levels of the company, or else those shared by all."""
        levels = self.search([("company_id", "in", [company.id, False])])
        return levels.filtered("company_id") or levels

    @api.model
    def _names(self, company):
        """{rating (text): name of the level}, for all five: the figure alone where a level is missing"""
        names = {value: value for value in RATING_VALUES}
        return names | {level.rating: level.name for level in self._for_company(company)}

    @api.model
    def _percents(self, company):
        """{rating (text): what it is worth, in percent}, for all five: by ``WORTH`` where a level is missing"""
        return WORTH | {level.rating: level.percent for level in self._for_company(company)}
