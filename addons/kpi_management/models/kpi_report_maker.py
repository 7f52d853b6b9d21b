from odoo import api, models

from .kpi_period import AGREED


class KpiReportMaker(models.AbstractModel):
    """Makes the files of a report by mail, under the rights and in the language of whoever gets it."""

    _name = "kpi.report.maker"
    _description = "Maker of Reports"

    @api.model
    def _files(self, run, user):
        """The files of a run for one recipient.

        :param run: ``kpi.report.run``
        :param user: ``res.users``, an internal user of the run's company
        :return: [(name, content as bytes)]; none where the user may see nothing of it
        """
        # A context of its own: nothing of the job's, nor its mark, comes along.
        context = {"lang": user.lang, "tz": user.tz, "allowed_company_ids": run.company_id.ids}
        maker = self.with_env(self.env(user=user.id, su=False, context=context))
        # The run is the system's; of it only what was chosen is used.
        run = run.sudo()
        period, ending = maker.env["kpi.period"].browse(run.period_id.id), run.schedule_id.report_format
        if run.schedule_id.content == "own":
            return maker._own_files(period, ending)
        files = [maker._file(vals, period, ending) for vals in maker._wanted(run.schedule_id)]
        return [file for file in files if file]

    def _own_files(self, period, ending):
        cards = self.env["kpi.scorecard"].search(
            [("user_id", "=", self.env.uid), ("period_id", "=", period.id), ("state", "in", AGREED)]
        )
        if not cards:
            return []
        if ending == "xlsx":
            content = self.env["kpi.report.request"]._workbook_of(cards)
        else:
            report = "kpi_management.action_report_scorecard"
            content, _type = self.env["ir.actions.report"]._render_qweb_pdf(report, cards.ids)
        return [(f"{cards._report_filename()}.{ending}", content)]

    def _wanted(self, schedule):
        """What to ask for: values of ``kpi.report.request``."""
        if schedule.content == "department":
            return [{"kind": "department", "department_id": unit.id} for unit in schedule.department_ids]
        return [{"kind": schedule.content}]

    def _file(self, vals, period, ending):
        """(name, content) of one report, or None where the reader may see nothing of it."""
        request = self.env["kpi.report.request"].create(
            {**vals, "company_id": period.company_id.id, "period_id": period.id, "report_format": ending}
        )
        if request.kind == "team" and not self.env.user.sudo().employee_id:  # sudo: only whether there is one
            return None
        subject = request._subject()
        if not self.env["kpi.report.department"]._find_cards(subject, period):
            return None
        content = request._workbook(subject) if ending == "xlsx" else request._document()
        return f"{request._filename(subject)}.{ending}", content
