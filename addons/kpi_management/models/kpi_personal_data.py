from odoo import api, models
from odoo.fields import Domain

PEOPLE = ("hr.employee", "hr.employee.public", "res.users", "res.partner")
# Fields that say whom a record is about; anybody else on it had something to do with it.
ABOUT = ("employee_id", "owner_id")
TEXTS = ("char", "text", "html")
NOT_TYPED = {"parent_path", "access_token", "error_message"}


class Base(models.AbstractModel):
    """Hooks of the personal data KPI holds; they are asked of ``kpi.*`` models alone."""

    _inherit = "base"

    @api.model
    def _kpi_personal_fields(self):
        """Names of the fields of this model that the export of a person's data shows; none: it is left out."""
        return [
            name
            for name, field in self._fields.items()
            if field.store and field.type not in ("binary", "json", "one2many", "many2many", "many2one_reference")
            if name not in ("id", "create_uid", "write_uid", "write_date", "parent_path", "access_token")
            if self._has_field_access(field, "read")
        ]

    @api.model
    def _kpi_personal_texts(self):
        """Names of the fields that are emptied when a person is anonymised: by default all that is typed words."""
        return [
            name
            for name, field in self._fields.items()
            if field.store and field.type in TEXTS and name not in NOT_TYPED
            if not field.related and not (field.compute and field.readonly)
        ]

    @api.model
    def _kpi_about_domain(self):
        """Which records of this model are about the person they name as the one they are about: by default all."""
        return Domain.TRUE


class KpiObjective(models.Model):
    """What a department or the company is to reach is not about the person who owns it."""

    _inherit = "kpi.objective"

    @api.model
    def _kpi_about_domain(self):
        return Domain("level", "=", "individual")


class KpiMeasurement(models.Model):
    """Figures stay as they were entered, with what proves them."""

    _inherit = "kpi.measurement"

    @api.model
    def _kpi_personal_texts(self):
        return []


class KpiPersonalData(models.AbstractModel):
    """What KPI holds about a person, found by the fields of its models, so that no model is forgotten."""

    _name = "kpi.personal.data"
    _description = "Personal Data"

    @api.model
    def _models(self):
        """The stored models of KPI and its bridges that may be read in this environment, by name."""
        names = sorted(name for name in self.env.registry if name.startswith("kpi."))
        found = [self.env[name] for name in names]
        stored = [model for model in found if model._auto and not model._abstract and not model._transient]
        return [model for model in stored if model.has_access("read")]

    @api.model
    def _title(self, records):
        """What the records are, in the user's language."""
        # sudo: the names of models are no secret.
        return self.env["ir.model"].sudo()._get(records._name).name

    @api.model
    def _counted(self, records):
        """What the records are, and how many."""
        return f"{self._title(records)} ({len(records)})"

    @api.model
    def _about_fields(self, model):
        return [name for name in ABOUT if self._leads_to(model, name, PEOPLE[:2])]

    @api.model
    def _naming_fields(self, model):
        """Fields of records about others, or about nobody, on which the person stands."""
        about = {"create_uid", "write_uid"}
        if model._kpi_about_domain().is_true():
            about.update(self._about_fields(model))
        return [name for name in model._fields if name not in about and self._leads_to(model, name, PEOPLE)]

    @api.model
    def _leads_to(self, model, name, comodels):
        field = model._fields.get(name)
        return bool(field and field.store and field.type == "many2one" and field.comodel_name in comodels)

    @api.model
    def _records_about(self, employee):
        """{model name: records} about the person, with all that is a part of them, under the rights of this
        environment; a query per model and part, however many records there are.

        :param employee: ``hr.employee``
        """
        found = {}
        for model in self._models():
            # By a stored field: what belongs to somebody else by now is not his.
            domain = Domain.OR([(name, "=", employee.id)] for name in self._about_fields(model))
            domain &= model._kpi_about_domain()
            if records := model.with_context(active_test=False).search(domain):
                found[model._name] = records
        todo = list(found)
        while todo:
            whole = todo.pop(0)
            for model, name in self._parts(whole):
                before = found.get(model._name, model)
                parts = model.with_context(active_test=False).search([(name, "in", found[whole].ids)]) | before
                if parts != before:
                    found[model._name] = parts
                    todo.append(model._name)
        return found

    @api.model
    def _parts(self, whole):
        """(model, field) of what belongs to records of a model and goes with them."""
        return [
            (model, name)
            for model in self._models()
            for name, field in model._fields.items()
            if self._leads_to(model, name, (whole,)) and field.ondelete == "cascade" and not field.related
        ]

    @api.model
    def _ids_of(self, employee):
        """{model: id} of the person as employee, user and address; 0 where there is none."""
        # sudo: only whose user and address it is is asked.
        person = employee.sudo()
        return {
            "hr.employee": person.id,
            "hr.employee.public": person.id,
            "res.users": person.user_id.id or 0,
            "res.partner": (person.user_id.partner_id or person.work_contact_id).id or 0,
        }

    @api.model
    def _times_named(self, employee, found):
        """[(model, field, count)] of other records on which the person stands, e.g. as the one who approved.

        :param found: of ``_records_about``: those are told in full
        """
        ids = self._ids_of(employee)
        times = []
        for model in self._models():
            own = found.get(model._name, model).ids
            if not model._kpi_personal_fields():
                continue
            for name in self._naming_fields(model):
                field = model._fields[name]
                if not ids[field.comodel_name] or not model._has_field_access(field, "read"):
                    continue
                domain = [(name, "=", ids[field.comodel_name]), ("id", "not in", own)]
                if count := model.with_context(active_test=False).search_count(domain):
                    times.append((model, field, count))
        return times

    @api.model
    def _messages_about(self, found):
        """The discussions of these records, the latest first, under the rights of this environment."""
        messages = self.env["mail.message"]
        for name, records in found.items():
            if hasattr(records, "message_ids"):
                messages |= messages.search([("model", "=", name), ("res_id", "in", records.ids)])
        return messages.sorted("id", reverse=True)
