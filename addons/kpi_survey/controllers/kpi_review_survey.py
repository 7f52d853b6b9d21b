from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.survey.controllers.main import Survey

from ..models.survey_survey import REVIEW


class KpiReviewSurvey(Survey):
    """The pages of a survey that a review asks: the rater's alone, and as long as answers are taken."""

    def _check_validity(self, survey_sudo, answer_sudo, answer_token, ensure_token=True, check_partner=True):
        """Override: the review says who answers, and until when."""
        feedback = answer_sudo.kpi_feedback_id if answer_sudo else False
        if not feedback:
            return super()._check_validity(survey_sudo, answer_sudo, answer_token, ensure_token, check_partner)
        if feedback.user_id and feedback.user_id != request.env.user:
            return "survey_auth" if request.env.user._is_public() else "answer_wrong_user"
        # Answers carry no partner to compare with.
        code = super()._check_validity(survey_sudo, answer_sudo, answer_token, ensure_token, check_partner=False)
        if code not in (True, "survey_closed"):
            return code
        # An archived questionnaire is asked to the end by the reviews that began with it.
        return True if feedback._is_open() else "survey_closed"

    def _redirect_with_error(self, access_data, error_key):
        """Override: raters read that the phase is over where they came from."""
        feedback = access_data["answer_sudo"].kpi_feedback_id
        if feedback and error_key == "survey_closed":
            return request.redirect(feedback._survey_leave_url())
        return super()._redirect_with_error(access_data, error_key)

    def _prepare_survey_data(self, survey_sudo, answer_sudo, **post):
        """Override: only the sections that the rater's side is asked are listed."""
        data = super()._prepare_survey_data(survey_sudo, answer_sudo, **post)
        if answer_sudo.kpi_feedback_id and "breadcrumb_pages" in data:
            pages = answer_sudo.predefined_question_ids.page_id.ids
            data["breadcrumb_pages"] = [page for page in data["breadcrumb_pages"] if page["id"] in pages]
        return data

    @http.route()
    def survey_submit(self, survey_token, answer_token, **post):
        """Override: after the last page the answers go to the review."""
        answer_sudo = self._fetch_from_access_token(survey_token, answer_token)[1]
        # A rater with a login may be another than the one whose page this is: then Odoo's own check refuses.
        feedback = answer_sudo.kpi_feedback_id
        if not feedback or answer_sudo.state == "done":
            return super().survey_submit(survey_token, answer_token, **post)
        try:
            with request.env.cr.savepoint():
                feedback._check_open()
                result = super().survey_submit(survey_token, answer_token, **post)
                if answer_sudo.state == "done":
                    answer_sudo._kpi_hand_in()
        except UserError as error:
            return {}, {"error": "validation", "fields": self._kpi_beside(answer_sudo, post, str(error))}
        return result

    def _kpi_beside(self, answer_sudo, post, message):
        """Show a message beside the first question of the page that was sent."""
        shown, _page = answer_sudo.survey_id._get_survey_questions(
            answer=answer_sudo, page_id=post.get("page_id"), question_id=post.get("question_id")
        )
        return dict.fromkeys(shown[:1].ids, message)

    @http.route()
    def survey_retry(self, survey_token, answer_token, **post):
        """Override: a review asks everybody once; answers are changed from the review."""
        answer_sudo = self._fetch_from_access_token(survey_token, answer_token)[1]
        if answer_sudo.kpi_feedback_id:
            return request.redirect(answer_sudo.kpi_feedback_id._survey_leave_url())
        return super().survey_retry(survey_token, answer_token, **post)

    @http.route()
    def survey_report(self, survey, answer_token=None, **post):
        """Override: there are no statistics of reviews; how many answered would tell when somebody did."""
        if survey.survey_type == REVIEW:
            raise request.not_found()
        return super().survey_report(survey, answer_token, **post)

    @http.route("/kpi/feedback/<int:feedback_id>/<string:token>/survey", type="http", auth="public", sitemap=False)
    def kpi_feedback_survey(self, feedback_id, token):
        """Lead outside raters from the page of their link to the survey.

        :return: a redirection
        :raises NotFound: for a link that leads nowhere
        """
        feedback = request.env["kpi.review.feedback"]._by_token(feedback_id, token)
        if not feedback:
            raise request.not_found()
        if not feedback.by_survey or feedback.state == "done" or not feedback._is_open():
            return request.redirect(feedback._survey_leave_url())
        feedback._begin()
        return request.redirect(feedback._survey_url())
