from odoo.addons.kpi_management.tests.measure_case import MeasureCase


class SurveyCase(MeasureCase):
    """Completed answers to one scored survey per person, counted by the measure of the library without its choice."""

    measure_code = "t_survey_score"
    plain_sql = """
        SELECT AVG(i.scoring_percentage) FROM survey_user_input i
          JOIN survey_survey s ON s.id = i.survey_id
          LEFT JOIN res_users u ON u.id = s.user_id
          JOIN res_users a ON a.id = s.create_uid
         WHERE i.state = 'done' AND i.test_entry IS NOT TRUE AND s.scoring_type <> 'no_scoring'
           AND COALESCE(u.company_id, a.company_id) = %(company)s
           AND i.end_datetime >= %(start)s AND i.end_datetime < %(end)s
           AND (%(people)s IS NULL OR s.user_id = ANY(%(people)s))
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.library = cls.env["kpi.measure"].search([("code", "=", "survey_score")])
        cls.measure = cls.library.copy({"code": cls.measure_code})
        cls.measure.parameter_ids.unlink()

    def setUp(self):
        super().setUp()
        self.surveys = {}

    def make_survey(self, person, **vals):
        return self.env["survey.survey"].create(
            {
                "title": "Khảo sát",
                "user_id": person.user_id.id,
                "scoring_type": "scoring_without_answers",
                **vals,
            }
        )

    def survey_of(self, person):
        user = person.user_id
        if user not in self.surveys:
            user.group_ids += self.env.ref("survey.group_survey_user")  # Odoo asks it of those responsible
            self.surveys[user] = self.make_survey(person)
        return self.surveys[user]

    def answer(self, survey, moment, score, **vals):
        """A completed answer of this score in percent, at a moment in naive UTC."""
        answer = self.env["survey.user_input"].create(
            {"survey_id": survey.id, "state": "done", "end_datetime": moment, **vals}
        )
        answer.flush_recordset()  # of no lines Odoo computes a score of 0
        answer.scoring_percentage = score
        return answer

    def make_counted(self, person, moment, amount=1, company=None):
        return self.answer(self.survey_of(person), moment, amount)

    def exclude(self, record):
        record.state = "in_progress"

    def worth(self, *amounts):
        return sum(amounts) / len(amounts)
