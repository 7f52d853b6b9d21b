from collections import Counter, defaultdict
from datetime import timedelta
from typing import NamedTuple

from markupsafe import Markup

from odoo import models
from odoo.fields import Domain


class Todo(NamedTuple):
    """A scorecard to make."""

    kind: str  # of subject
    subject_id: int
    source_id: int  # template or scorecard
    days: int  # employed in the period; 0: all of it


class Plan(NamedTuple):
    todo: list[Todo]
    existing: int  # subjects that have a scorecard already
    missing: list[int]  # employees for whom there is nothing to make one from


class Person(NamedTuple):
    """An employee as of his last day in the period."""

    department_id: int
    job_id: int
    days: int  # employed in the period
    first: object  # his first day in it


class Scope(NamedTuple):
    """Whom the run is for: ids, or None where nothing was chosen."""

    employees: frozenset | None
    jobs: frozenset | None
    departments: frozenset | None  # with those below them
    joined_after: object  # day; None: whoever is employed

    def has_person(self, employee_id, person):
        return (
            (self.employees is None or employee_id in self.employees)
            and (self.jobs is None or person.job_id in self.jobs)
            and (self.departments is None or person.department_id in self.departments)
            and (self.joined_after is None or person.first > self.joined_after)
        )

    def has_unit(self, kind, subject_id):
        """Whether it is for a department, company or team."""
        if (self.employees, self.jobs, self.joined_after) != (None, None, None):
            return False
        return self.departments is None or (kind == "department" and subject_id in self.departments)


class KpiScorecardBatch(models.Model):
    """Who gets a scorecard, and from what: a handful of queries, whether for ten people or ten thousand."""

    _inherit = "kpi.scorecard.batch"

    def _plan(self):
        """What is to be made now.

        :rtype: Plan
        """
        self.ensure_one()
        scope = self._scope()
        people = self._people(scope)
        find = self._sources_of_templates if self.source == "template" else self._sources_before
        sources, taken = find(people, scope), self._taken()
        known = sources.keys() | taken
        missing = [employee_id for employee_id in people if ("employee", employee_id) not in known]
        todo = [
            Todo(kind, subject_id, source_id, self._days(people, kind, subject_id))
            for (kind, subject_id), source_id in sources.items()
            if (kind, subject_id) not in taken
        ]
        return Plan(todo, len(sources.keys() & taken), missing)

    def _scope(self):
        def ids(records):
            # new records on the form stand for those they come from
            return frozenset(records._origin.ids) if records else None

        departments = ids(self.department_ids)
        if departments:
            # sudo: who may choose departments sees no more of those below than that they are there.
            Department = self.env["hr.department"].sudo()
            departments = frozenset(Department.search([("id", "child_of", list(departments))]).ids)
        joined_after = self.period_id.date_start if self.joiners_only else None
        return Scope(ids(self.employee_ids), ids(self.job_ids), departments, joined_after)

    def _days(self, people, kind, subject_id):
        """Days of the period a pro rata scorecard is for; 0 for all of it."""
        if not self.prorate or kind != "employee":
            return 0
        days = people[subject_id].days
        return days if days < self._period_days(self.period_id) else 0

    def _period_days(self, period):
        return (period.date_end - period.date_start).days + 1

    def _people(self, scope):
        """The people of the run who are employed in the period.

        :return: {employee id: Person}, by id
        """
        start, end = self.period_id.date_start, self.period_id.date_end
        people = {}
        for employee_id, department_id, job_id, date_from, date_to in self._stretches(start, end):
            first, last = max(date_from, start), min(date_to or end, end)
            before = people.get(employee_id)
            days = (last - first).days + 1 + (before.days if before else 0)
            # the stretches come in order of time: the last one names department and job
            people[employee_id] = Person(department_id, job_id, days, before.first if before else first)
        return {
            employee_id: person
            for employee_id, person in sorted(people.items())
            if scope.has_person(employee_id, person)
        }

    def _stretches(self, start, end):
        """(employee id, department id, job id, employed from, to) of the stretches in the period, in order of time."""
        # sudo: an officer need not be in HR to make scorecards; of the record only who works where is used.
        Employment = self.env["kpi.employment"].sudo()
        domain = Domain(
            [("company_id", "=", self.company_id.id), ("date_from", "!=", False), ("date_from", "<=", end)]
        ) & (Domain("date_to", "=", False) | Domain("date_to", ">=", start))
        query = Employment._search(domain, order="date_from")
        names = ("employee_id", "department_id", "job_id", "date_from", "date_to")
        return self.env.execute_query(
            query.select(*(Employment._field_to_sql(query.table, name, query) for name in names))
        )

    def _taken(self):
        """{(kind, subject id)} of the scorecards that the period has."""
        # sudo: whatever is there counts, seen or not.
        return {(card.kind, card.subject_id) for card in self._subjects_of_cards(self.period_id)}

    def _subjects_of_cards(self, period):
        """The scorecards of a period with their subjects, as Todo whose source is the scorecard itself."""
        # sudo: a subject has one scorecard whether or not the user sees it.
        Scorecard = self.env["kpi.scorecard"].sudo()
        columns = Scorecard._subject_fields()
        cards = Scorecard.search_fetch(
            [("period_id", "=", period.id)], ["subject_type", "employed_days", *columns.values()]
        )
        return [
            Todo(card.subject_type, card[columns[card.subject_type]].id, card.id, card.employed_days) for card in cards
        ]

    def _sources_before(self, people, scope):
        """Scorecards of the period before, for those who are still there: {(kind, subject id): scorecard id}"""
        period = self._period_before()
        return {
            (card.kind, card.subject_id): card.source_id
            for card in (self._subjects_of_cards(period) if period else ())
            if (card.subject_id in people if card.kind == "employee" else scope.has_unit(card.kind, card.subject_id))
        }

    def _period_before(self):
        period = self.period_id
        return self.env["kpi.period"].search(
            [
                ("company_id", "=", period.company_id.id),
                ("period_type", "=", period.period_type),
                ("date_end", "=", period.date_start - timedelta(days=1)),
            ],
            limit=1,
        )

    def _sources_of_templates(self, people, scope):
        """The template that counts for each subject: {(kind, subject id): template id}"""
        by_kind = self._templates().grouped("subject_type")
        sources = {}
        Department, Job = self.env["hr.department"].sudo(), self.env["hr.job"].sudo()  # sudo: see _stretches
        alike = defaultdict(list)
        for employee_id, person in people.items():
            alike[person.department_id, person.job_id].append(employee_id)
        templates = by_kind.pop("employee", self.env["kpi.scorecard.template"])
        for (department_id, job_id), employee_ids in alike.items():
            best = templates._best(Department.browse(department_id or ()), Job.browse(job_id or ()))
            if best:
                sources.update({("employee", employee_id): best.id for employee_id in employee_ids})
        for kind, templates in by_kind.items():
            for subject in self._units(kind, scope):
                department = subject if kind == "department" else Department
                if best := templates._best(department, Job):
                    sources[kind, subject.id] = best.id
        return sources

    def _templates(self):
        """The templates in use among those chosen."""
        domain = Domain(
            [
                ("company_id", "=", self.company_id.id),
                ("period_type", "=", self.period_id.period_type),
                ("state", "=", "active"),
            ]
        )
        if self.template_ids:
            domain &= Domain("id", "in", self.template_ids._origin.ids)
        return self.env["kpi.scorecard.template"].search(domain)

    def _units(self, kind, scope):
        """The companies, departments or teams that the run is for."""
        name = self.env["kpi.scorecard"]._subject_fields()[kind]
        Model = self.env[self.env["kpi.scorecard"]._fields[name].comodel_name].sudo()  # sudo: see _stretches
        units = (
            self.company_id.sudo()
            if kind == "company"
            else Model.search([("company_id", "in", (False, self.company_id.id))])
        )
        return units.filtered(lambda unit: scope.has_unit(kind, unit.id))

    def _archived_kpis(self, plan):
        """Names of archived KPIs that would come along."""
        archived = self.env["kpi.definition"].search([("active", "=", False)])
        if not archived:
            return False
        name = "template_id" if self.source == "template" else "scorecard_id"
        # sudo: an officer sees the names of all KPIs.
        lines = self.env["kpi.scorecard.template.line" if self.source == "template" else "kpi.scorecard.line"].sudo()
        domain = [("definition_id", "in", archived.ids), (name, "in", list({todo.source_id for todo in plan.todo}))]
        return ", ".join(kpi.name for (kpi,) in lines._read_group(domain, ["definition_id"]))

    def _plan_html(self, plan):
        """How many scorecards come from which template."""
        if self.source != "template":
            return False
        counts = Counter(todo.source_id for todo in plan.todo)
        templates = self.env["kpi.scorecard.template"].browse(counts)
        row = Markup("<li>%s: <b>%s</b></li>")
        return Markup("<ul class='mb-0'>%s</ul>") % Markup("").join(
            row % (template.name, counts[template.id]) for template in templates.sorted()
        )
