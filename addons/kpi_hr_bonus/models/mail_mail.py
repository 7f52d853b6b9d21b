from odoo import fields, models


class MailMail(models.Model):
    _inherit = "mail.mail"

    kpi_statement_pdf = fields.Boolean(
        string="With the bonus statement", readonly=True, help="The statement is printed and attached when it is sent."
    )

    def _prepare_outgoing_list(self, *args, **kwargs):
        """Extend: print the statement now. A thousand papers would be too long for the request that queues the mails."""
        if self.kpi_statement_pdf and self.model == "kpi.bonus.statement":
            self.kpi_statement_pdf = False  # a second try has it already
            # sudo: the mail goes to the one whom the statement is about, in whose language it is printed.
            statement = self.env["kpi.bonus.statement"].sudo().browse(self.res_id).exists()
            if statement:
                name, content = statement._print()
                message = self.mail_message_id
                vals = {"name": name, "raw": content, "res_model": message._name, "res_id": message.id}
                self.attachment_ids = self.env["ir.attachment"].sudo().create(vals)
        return super()._prepare_outgoing_list(*args, **kwargs)
