"""Surveys with answers: how well the brand is known, how content people and internal customers are."""

from dataclasses import dataclass
from datetime import timedelta

from odoo import Command

from .seed import chance

# What can be answered to every question, with the score of the answer.
ANSWERS = (
    ("Not at all", "Hoàn toàn không", 0),
    ("Rather not", "Ít", 2.5),
    ("So so", "Bình thường", 5),
    ("Rather", "Khá", 7.5),
    ("Very much", "Rất", 10),
)


@dataclass(frozen=True)
class Survey:
    """A survey that is asked every quarter.

    :param head: key of who is responsible for it
    :param count: answers a quarter
    :param weights: how often each of `ANSWERS` is given
    """

    english: str
    vietnamese: str
    head: str
    count: int
    weights: tuple
    questions: tuple


SURVEYS = {
    "brand": Survey(
        "Brand awareness",
        "Mức độ nhận biết thương hiệu Sao Mai",
        "thao",
        45,
        (14, 16, 22, 28, 20),
        (
            ("Do you know the brand Sao Mai?", "Anh/chị có biết thương hiệu Sao Mai không?"),
            (
                "Do you think of Sao Mai when you need furniture?",
                "Khi cần nội thất, anh/chị có nghĩ đến Sao Mai không?",
            ),
            ("Would you recommend Sao Mai?", "Anh/chị có giới thiệu Sao Mai cho người khác không?"),
        ),
    ),
    "employees": Survey(
        "Employee satisfaction",
        "Khảo sát mức độ hài lòng của nhân viên",
        "lan",
        34,
        (2, 6, 17, 42, 33),
        (
            ("Are you content with your work?", "Anh/chị có hài lòng với công việc không?"),
            ("Are you content with your pay?", "Anh/chị có hài lòng với thu nhập không?"),
            ("Do your colleagues support you?", "Đồng nghiệp có hỗ trợ anh/chị không?"),
        ),
    ),
    "internal": Survey(
        "Internal customers of accounting",
        "Các phòng ban đánh giá phòng Kế toán",
        "hang",
        18,
        (1, 5, 18, 46, 30),
        (
            ("Are your payment requests handled in time?", "Đề nghị thanh toán có được xử lý đúng hạn không?"),
            ("Are your questions answered well?", "Phòng Kế toán có giải đáp tốt thắc mắc không?"),
        ),
    ),
}


def build_surveys(world):
    """Create the surveys and the answers of each quarter's last month, the running month's up to today."""
    for key, survey in SURVEYS.items():
        world.surveys[key] = _build_survey(world, survey)
        _build_answers(world, key, survey)


def _build_survey(world, survey):
    record = world.on_behalf(survey.head)["survey.survey"].create(
        {
            "title": survey.english,
            "user_id": world.users[survey.head].id,
            "scoring_type": "scoring_without_answers",
            "question_and_page_ids": [
                Command.create(
                    {
                        "title": english,
                        "question_type": "simple_choice",
                        "sequence": number,
                        "suggested_answer_ids": [
                            Command.create({"value": value, "answer_score": score, "sequence": order})
                            for order, (value, _vietnamese, score) in enumerate(ANSWERS)
                        ],
                    }
                )
                for number, (english, _vietnamese) in enumerate(survey.questions)
            ],
        }
    )
    world.translate(record, "title", survey.vietnamese)
    for question, (_english, vietnamese) in zip(record.question_ids, survey.questions, strict=True):
        world.translate(question, "title", vietnamese)
        for answer, (_value, translation, _score) in zip(question.suggested_answer_ids, ANSWERS, strict=True):
            world.translate(answer, "value", translation)
    return record


def _build_answers(world, key, survey):
    record = world.surveys[key]
    values = []
    for month in world.clock.months:
        if month.start.month % 3 and month != world.clock.current:
            continue
        rng = chance("survey", key, month.key)
        days = world.clock.month_days(month)
        for _number in range(survey.count):
            end = world.clock.utc(rng.choice(days), rng.randint(8, 20), rng.randint(0, 59))
            values.append(_answer_values(record, survey, rng, end))
    inputs = world.env["survey.user_input"].create(values)
    world.backdate(inputs, create_date=[vals["start_datetime"] for vals in values])


def _answer_values(record, survey, rng, end):
    lines = []
    for question in record.question_ids:
        chosen = rng.choices(question.suggested_answer_ids, weights=survey.weights)[0]
        lines.append(
            Command.create({"question_id": question.id, "answer_type": "suggestion", "suggested_answer_id": chosen.id})
        )
    return {
        "survey_id": record.id,
        "state": "done",
        "start_datetime": end - timedelta(minutes=6),
        "end_datetime": end,
        "predefined_question_ids": [Command.set(record.question_ids.ids)],
        "user_input_line_ids": lines,
    }
