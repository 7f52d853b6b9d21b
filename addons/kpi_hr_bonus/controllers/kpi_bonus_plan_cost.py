from odoo.http import Controller, content_disposition, request, route

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class KpiBonusPlanCost(Controller):
    @route("/kpi_hr_bonus/cost/<int:plan_id>/<int:period_id>", type="http", auth="user", readonly=True)
    def download(self, plan_id, period_id, other="0"):
        """The cost of a plan over the scores of a period, person by person, under the user's own rights.

        :param other: id of the plan to compare with; 0: none
        """
        plan = request.env["kpi.bonus.plan"].browse(plan_id).exists()
        if not plan:
            raise request.not_found()
        name, content = plan._cost_file(period_id, int(other) if other.isdigit() else 0)
        headers = [("Content-Type", XLSX), ("Content-Disposition", content_disposition(name))]
        return request.make_response(content, headers=headers)
