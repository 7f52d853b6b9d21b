"""What customers said about the work on their projects."""

from datetime import timedelta

from .seed import chance

# Of a hundred tasks done so many are rated, and how often each number of stars is given.
RATED, STARS = 30, {1: 3, 2: 4, 3: 11, 4: 32, 5: 50}
COMMENTS = {1: "Chậm tiến độ, phải nhắc nhiều lần.", 3: "Tạm ổn.", 5: "Làm việc rất chuyên nghiệp."}


def build_ratings(world):
    """Create the customers' ratings of tasks that are done, a day or two after."""
    model = world.env["ir.model"]._get_id("project.task")
    parent_model = world.env["ir.model"]._get_id("project.project")
    values, moments = [], []
    for number, (task, plan) in enumerate(world.done_tasks):
        rng = chance("rating", number)
        if rng.randint(1, 100) > RATED:
            continue
        moments.append(min(plan["done"] + timedelta(hours=rng.randint(3, 60)), world.clock.now))
        stars = rng.choices(list(STARS), weights=list(STARS.values()))[0]
        values.append(
            {
                "res_model_id": model,
                "res_id": task.id,
                "parent_res_model_id": parent_model,
                "parent_res_id": task.project_id.id,
                "rated_partner_id": world.users[plan["key"]].partner_id.id,
                "partner_id": task.project_id.partner_id.id,
                "rating": stars,
                "feedback": COMMENTS.get(stars),
                "consumed": True,
            }
        )
    ratings = world.env["rating.rating"].create(values)
    world.backdate(ratings, create_date=moments, write_date=moments, rated_on=moments)
