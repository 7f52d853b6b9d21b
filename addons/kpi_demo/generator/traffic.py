"""Who came to the website: visitors and the pages they looked at."""

from datetime import timedelta

from .seed import chance

PAGES = ("/", "/contactus", "/jobs", "/our-services", "/about-us")
# New visitors in an average month, and how many of a hundred known ones come back in the month after.
NEW_VISITORS, RETURNING = 130, 22
# Odoo forgets anonymous visitors after so many days; the demo keeps those of its year.
KEPT_DAYS = 420


def build_traffic(world):
    """Create visitors and their page views, month by month."""
    world.env["ir.config_parameter"].set_param("website.visitor.live.days", KEPT_DAYS)
    website = world.env["website"].search([("company_id", "=", world.company.id)], limit=1)
    website.name = world.company.name
    pages = {page.url: page for page in world.env["website.page"].search([("url", "in", PAGES)])}
    world.env["ir.ui.view"].union(*(page.view_id for page in pages.values())).track = True
    visits = _visits(world)
    visitors = _build_visitors(world, website, visits)
    world.env["website.track"].create(
        [
            {
                "visitor_id": visitor.id,
                "url": url,
                "page_id": pages[url].id if url in pages else False,
                "visit_datetime": moment,
            }
            for visitor, views in zip(visitors, visits, strict=True)
            for url, moment in views
        ]
    )


def _visits(world):
    """The page views of each visitor: a list of (address, naive UTC)."""
    visits = []
    for month in world.clock.months:
        rng = chance("traffic", month.key)
        days = world.clock.month_days(month)
        count = round(NEW_VISITORS * world.clock.season(month) * rng.uniform(0.9, 1.15))
        if month == world.clock.current:
            count = round(count * world.clock.elapsed(month))
        back = [views for views in visits[-NEW_VISITORS:] if rng.randint(1, 100) <= RETURNING]
        for views in back:
            views += _views(world, rng, rng.choice(days))
        visits += [_views(world, rng, rng.choice(days)) for _number in range(count)]
    return visits


def _views(world, rng, day):
    """One to four pages, a few minutes apart, the first of them mostly the home page."""
    moment = world.clock.utc(day, rng.randint(7, 22), rng.randint(0, 55))
    urls = ["/" if rng.randint(1, 4) > 1 else rng.choice(PAGES), *rng.sample(PAGES[1:], rng.randint(0, 3))]
    return [(url, min(moment + timedelta(minutes=2 * step), world.clock.now)) for step, url in enumerate(urls)]


def _build_visitors(world, website, visits):
    country, language = world.env.ref("base.vn"), world.env.ref("base.lang_vi_VN")
    visitors = world.env["website.visitor"].create(
        [
            {
                # As long as the token Odoo gives an anonymous visitor.
                "access_token": f"{chance('visitor', number).getrandbits(128):032x}",
                "website_id": website.id,
                "country_id": country.id,
                "lang_id": language.id,
                "last_connection_datetime": views[-1][1],
            }
            for number, views in enumerate(visits)
        ]
    )
    world.backdate(visitors, create_date=[views[0][1] for views in visits])
    return visitors
