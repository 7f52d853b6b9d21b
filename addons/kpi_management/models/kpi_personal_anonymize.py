from odoo import api, models
from odoo.exceptions import AccessError, UserError

from .guard import trusted

EMPTIED = "–"
# Files of measured figures are proof of them.
KEPT_FILES = ("kpi.measurement",)


class KpiPersonalData(models.AbstractModel):
    """When the law asks for it: what was written about a person who left is emptied, and the name forgotten."""

    _inherit = "kpi.personal.data"

    @api.model
    def _anonymize(self, employee):
        """Empty what was written about a person who left; figures stay. It cannot be undone.

        :param employee: ``hr.employee``, archived
        :return: the entry of the log
        :raises AccessError: for anybody but a KPI administrator
        :raises UserError: when the person is still there, or was anonymised before
        """
        self._check_may_anonymize(employee)
        # sudo with the mark: the administrator may (just checked), and closed records are emptied as well.
        data = trusted(self).with_context(tracking_disable=True, active_test=False)
        person = data.env["hr.employee"].browse(employee.id)
        new = self.env._("Former employee %s", employee.id)
        everything = data._records_about(person)
        emptied = {
            name: records
            for name, records in everything.items()
            if not name.startswith(self._kept_as_evidence()) and name not in data._private_notes()
        }
        lines = [*data._forget_more(person, emptied), *data._forget_private_notes(person)]
        lines += [line for records in emptied.values() if (line := data._empty(records))]
        lines += data._delete_discussions(emptied)
        lines += data._forget_name(person, everything, new)
        # The name last: until here a refusal leaves everything as it was.
        person.write({"name": new, "legal_name": new, "image_1920": False, "user_id": False})
        data.env["kpi.personal.export"].search([("employee_ref", "=", person.id)]).unlink()
        vals = {"name": new, "user_id": self.env.uid, "company_id": person.company_id.id, "details": "\n".join(lines)}
        return data.env["kpi.anonymization"].create({**vals, "employee_ref": person.id}).with_env(self.env)

    @api.model
    def _kept_as_evidence(self):
        """Beginnings of the names of models that are left as they are, as evidence of payments."""
        return ()

    @api.model
    def _private_notes(self):
        """{model: the field of its author} of notes that their author alone reads."""
        return {"kpi.review.note": "author_id", "kpi.one.on.one.note": "author_id"}

    @api.model
    def _forget_more(self, employee, found):
        """Hook of the bridges: empty what other apps keep for these records, while they still are what they were.

        :param employee: ``hr.employee``
        :param found: {model name: records about the person}
        :return: what was done, in words
        """
        return []

    @api.model
    def _forget_private_notes(self, employee):
        """Delete the private notes about the person, and those the person kept about others: nobody reads them now."""
        lines = []
        about = self._records_about(employee)
        for name, author in self._private_notes().items():
            notes = about.get(name, self.env[name])
            if employee.user_id:
                notes |= notes.search([(author, "=", employee.user_id.id)])
            if notes:
                lines.append(self._counted(notes))
                notes.unlink()
        return lines

    def _check_may_anonymize(self, employee):
        if not self.env.user.has_group("kpi_management.group_kpi_admin"):
            raise AccessError(self.env._("Only a KPI administrator anonymises a person."))
        # Whose company it is is checked by the dossier's rules.
        dossier = self.env["kpi.dossier"].browse(employee.id)
        dossier.check_access("read")
        if dossier.anonymized:
            raise UserError(self.env._("%s was anonymised before.", dossier.name))
        if employee.sudo().active:
            raise UserError(
                self.env._("%s still works here. Archive the employee first.", employee.sudo().display_name)
            )

    def _empty(self, records):
        """Empty the words of these records, in every language; return what was done, in words."""
        names = records._kpi_personal_texts()
        if not names or not records:
            return ""
        records.write({name: EMPTIED if records._fields[name].required else False for name in names})
        for name in names:
            if (field := records._fields[name]).required and field.translate:
                for code, _language in self.env["res.lang"].get_installed():
                    records.with_context(lang=code)[name] = EMPTIED
        labels = ", ".join(records._fields[name]._description_string(self.env) for name in names)
        return f"{self._counted(records)}: {labels}"

    def _delete_discussions(self, found):
        """Delete messages, activities and files of these records; files of measured figures are proof and stay."""
        deleted = []
        for model in ("mail.message", "mail.activity", "ir.attachment"):
            column = {"mail.message": "model"}.get(model, "res_model")
            gone = self.env[model]
            for name, records in found.items():
                if model != "ir.attachment" or name not in KEPT_FILES:
                    gone |= gone.search([(column, "=", name), ("res_id", "in", records.ids)])
            if gone:
                deleted.append(self._counted(gone))
                gone.unlink()
        return deleted


class HrEmployee(models.Model):
    _inherit = "hr.employee"

    def write(self, vals):
        """An anonymised person does not come back: there is nothing left to come back to."""
        if vals.get("active"):
            # sudo: whether somebody was anonymised is asked by whoever may archive people.
            logs = self.env["kpi.anonymization"].sudo().search([("employee_ref", "in", self.ids)], limit=1)
            if logs:
                raise UserError(self.env._("%s was anonymised for good. Make a new employee instead.", logs.name))
        return super().write(vals)
