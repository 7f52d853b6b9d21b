import { expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, mockService, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";

import { KpiFirstSteps } from "@kpi_management/kpi_first_steps/kpi_first_steps";

defineMailModels();

const step = (key, more = {}) => ({
    key,
    title: key,
    text: `About ${key}`,
    button: `Do ${key}`,
    action: `kpi_management.${key}`,
    done: false,
    is_next: false,
    ...more,
});

async function mountSteps(...answers) {
    onRpc("kpi.first.steps", "load", () => (answers.length > 1 ? answers.shift() : answers[0]));
    onRpc("kpi.first.steps", "close", () => {
        expect.step("closed");
        return true;
    });
    await mountWithCleanup(KpiFirstSteps, {
        props: { onMeasure: () => expect.step("measured"), onDone: () => expect.step("shown again") },
    });
    await animationFrame();
}

test("the next step stands in front, what is done has no button", async () => {
    await mountSteps([step("period", { done: true }), step("template", { is_next: true }), step("scorecard")]);
    expect(".o_kpi_first_steps header").toHaveText(/1 of 3 done/);
    expect("[data-step=period] button").toHaveCount(0);
    expect("[data-step=period] [aria-label=Done]").toHaveCount(1);
    expect("[data-step=template]").toHaveAttribute("aria-current", "step");
    expect("[data-step=template] button").toHaveClass("btn-primary");
    expect("[data-step=scorecard] button").toHaveClass("btn-secondary");
});

test("what was done in a dialog shows at once", async () => {
    mockService("action", {
        doAction(action, { onClose }) {
            expect.step(action);
            return onClose();
        },
    });
    await mountSteps(
        [step("period", { is_next: true }), step("template")],
        [step("period", { done: true }), step("template", { is_next: true })],
    );
    await contains("[data-step=period] button").click();
    await animationFrame();
    expect.verifySteps(["kpi_management.period", "shown again"]);
    expect("[data-step=template] button").toHaveClass("btn-primary");
});

test("figures are measured by the screen itself", async () => {
    await mountSteps([step("compute", { action: false, is_next: true }), step("agree")], false);
    await contains("[data-step=compute] button").click();
    expect.verifySteps(["measured"]);
    expect(".o_kpi_first_steps").toHaveCount(0);
});

test("closed for good, once one has read for whom", async () => {
    await mountSteps([step("period", { is_next: true })]);
    await contains("button[aria-label='Close for good']").click();
    expect(".modal-body").toHaveText(/No KPI officer of this company sees them again/);
    await contains(".modal-footer .btn-secondary").click();
    expect(".o_kpi_first_steps").toHaveCount(1);
    expect.verifySteps([]);
    await contains("button[aria-label='Close for good']").click();
    await contains(".modal-footer .btn-primary").click();
    expect.verifySteps(["closed"]);
    expect(".o_kpi_first_steps").toHaveCount(0);
});
