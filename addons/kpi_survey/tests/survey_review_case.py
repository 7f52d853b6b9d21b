from odoo.fields import Command
from odoo.tests import HttpCase

from odoo.addons.kpi_management.tests.common import PASSWORD
from odoo.addons.kpi_management.tests.review_case import ReviewCase


class SurveyReviewCase(ReviewCase):
    """The review cycle of March 2026, asked with a survey of two pages.

    On the first page everybody rates Care from 1 to 5 (weight 2, external raters too) and Drive from 0 to 10 (weight
    1); on the second all write what comes next. KPIs count 50, the manager and colleagues 20 each, externals 10; three
    colleagues or externals are enough.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.survey = cls.make_survey()
        cls.work, cls.words = cls.survey.page_ids
        cls.care_question, cls.drive_question, cls.next_question = cls.survey.question_ids
        cls.survey_template = cls.env["kpi.review.template"].create(
            {"name": "By survey", "company_id": cls.company.id, "survey_id": cls.survey.id}
        )
        cls.cycle.write(
            {
                "template_ids": [Command.set(cls.survey_template.ids)],
                "use_external": True,
                "manager_weight": 20,
                "external_weight": 10,
                "min_raters": 3,
            }
        )

    @classmethod
    def make_survey(cls, **vals):
        questions = [
            {"title": "Work", "is_page": True, "question_type": False},
            {
                "title": "Calls customers back",
                "question_type": "scale",
                "scale_min": 1,
                "scale_max": 5,
                "constr_mandatory": True,
                "kpi_competency_id": cls.care.id,
                "kpi_weight": 2,
                "kpi_for_external": True,
            },
            {
                "title": "Gets things going",
                "question_type": "scale",
                "scale_min": 0,
                "scale_max": 10,
                "kpi_competency_id": cls.drive.id,
            },
            {"title": "Words", "is_page": True, "question_type": False},
            {"title": "What comes next?", "question_type": "text_box", "kpi_for_external": True},
        ]
        return cls.env["survey.survey"].create(
            {
                "title": "Us in March",
                "survey_type": "kpi_review",
                "questions_layout": "page_per_section",
                "lang_ids": [Command.clear()],
                "question_and_page_ids": [
                    Command.create({**question, "sequence": place}) for place, question in enumerate(questions)
                ],
                **vals,
            }
        )

    def line(self, question, **vals):
        """The line of the template that a question became."""
        lines = self.survey_template.line_ids.filtered(lambda line: line.survey_question_id == question)
        return lines.filtered_domain([(name, "=", value) for name, value in vals.items()])

    def survey_input(self, feedback):
        return self.env["survey.user_input"].sudo().search([("kpi_feedback_id", "in", feedback.ids)])

    def fill(self, feedback, **answers):
        """What a rater does on the pages of the survey, without the browser.

        :param answers: by ``care``, ``drive`` and ``words``; what is not given stays empty
        """
        feedback.action_fill()
        given = self.survey_input(feedback)
        questions = {"care": self.care_question, "drive": self.drive_question, "words": self.next_question}
        for name, question in questions.items():
            if question in given.predefined_question_ids:
                given._save_lines(question, str(answers[name]) if name in answers else "")
        given._mark_done()
        given._kpi_hand_in()
        return given


class SurveyPagesCase(SurveyReviewCase, HttpCase):
    """The same in the browser's words."""

    freeze_time = None

    def login(self, user):
        self.authenticate(user.login, PASSWORD)

    def open(self, url):
        """Open a page of the survey; keep both tokens of where it leads."""
        page = self.url_open(url)
        self.tokens = "/".join(page.url.split("?")[0].split("/")[-2:])
        return page

    def begin(self):
        return self.make_jsonrpc_request(f"/survey/begin/{self.tokens}", {})

    def submit(self, page, **answers):
        """Send a page.

        :param page: survey.question, the section shown
        :param answers: by ``care``, ``drive`` and ``words``
        """
        questions = {"care": self.care_question, "drive": self.drive_question, "words": self.next_question}
        values = {str(questions[name].id): str(value) for name, value in answers.items()}
        return self.make_jsonrpc_request(f"/survey/submit/{self.tokens}", {"page_id": page.id, **values})

    def fill_pages(self, url, words="", **ratings):
        """From the first page to the last."""
        self.open(url)
        self.begin()
        self.submit(self.work, **ratings)
        return self.submit(self.words, words=words)
