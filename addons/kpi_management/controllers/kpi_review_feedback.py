from odoo import http
from odoo.exceptions import UserError
from odoo.http import request


class KpiReviewFeedbackPage(http.Controller):
    """The page behind the link that outside raters get by mail."""

    @http.route("/kpi/feedback/<int:feedback_id>/<string:token>", type="http", auth="public", methods=["GET", "POST"])
    def feedback(self, feedback_id, token, **form):
        """Show the questions; on posting, keep what was typed and, with ``submit``, give the answers.

        :return: the page
        :raises NotFound: for a link that leads nowhere
        """
        feedback = request.env["kpi.review.feedback"]._by_token(feedback_id, token)
        if not feedback:
            raise request.not_found()
        message, saved = "", False
        if request.httprequest.method == "POST":
            message = self._take(feedback, form)
            saved = "save" in form and not message
        elif feedback._is_open():
            feedback._begin()
        values = {"feedback": feedback, "message": message, "saved": saved}
        response = request.render("kpi_management.review_feedback_page", values)
        # Behind the link is what one person wrote: not for caches, nor for search engines.
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    def _take(self, feedback, form):
        """Keep what was typed; return what is wrong with it, or nothing."""
        try:
            with request.env.cr.savepoint():
                if "decline" in form:
                    feedback.action_decline()
                    return ""
                if "again" in form:
                    feedback.action_take_back()
                    return ""
                if feedback.state == "done":
                    return ""
                feedback._take_form(form)
            if "submit" in form:
                with request.env.cr.savepoint():
                    feedback.action_submit()
        except UserError as error:
            return str(error)
        return ""
