import { expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { contains, getService, mountWithCleanup, onRpc } from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

defineMailModels();

const LINE = {
    id: 1,
    name: "Revenue",
    unit: "number",
    currency_id: false,
    direction: "higher",
    weight: 100,
    target: 50,
    band: [false, false],
    floor: 0,
    cap: 120,
    has_slider: true,
    message: "",
};

/** A server that pays 1,000 for each percent of attainment, 40 of 50 reached so far. */
function answer(wishes, base, values = {}) {
    const bases = { now: 40, pace: 45, target: 50, best: 60 };
    const wish = wishes[1] || {};
    const actual = "attainment" in wish ? wish.attainment / 2 : "actual" in wish ? wish.actual : bases[base];
    const attainment = actual === false ? false : actual * 2;
    const amounts = Object.fromEntries(Object.entries(bases).map(([name, value]) => [name, value * 2000]));
    const plan = {
        id: 7,
        name: "Sales bonus",
        currency_id: false,
        amounts,
        amount: (attainment || 0) * 1000,
        payout_percent: attainment,
        points: { 1: 1000 },
        reason: "",
        summary: "The score is 80 %, which pays 80 % of 100,000.",
        html: "<b class='steps'>80 % × 100,000</b>",
    };
    return {
        id: 3,
        name: "An · 03/2026",
        person: "An",
        period: "03/2026",
        state: "running",
        plan_id: false,
        elapsed: false,
        sees_pay: true,
        score: attainment,
        scores: { now: 80, pace: 90, target: 100, best: 120 },
        lines: [{ ...LINE, actual, attainment }],
        plans: [plan],
        ...values,
    };
}

async function open(values, params = { scorecard_id: 3 }) {
    const asked = [];
    onRpc("kpi.scorecard", "what_if", ({ args }) => {
        asked.push(args.slice(1));
        return answer(args[1], args[2], values);
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "kpi_bonus_what_if",
        target: "new",
        params,
    });
    await animationFrame();
    return asked;
}

async function settle() {
    await advanceTime(300);
    await animationFrame();
}

test("begins with what would be paid as it stands, and what a point is worth", async () => {
    await open();
    expect(".o_kpi_what_if_total").toHaveText("80,000");
    expect(".o_kpi_what_if_score").toHaveText(/80\s%/);
    expect(queryAllTexts(".o_kpi_what_if_shortcuts .fw-bold")).toEqual(["80,000", "90,000", "100,000", "120,000"]);
    expect(".o_kpi_what_if_actual").toHaveValue("40");
    expect(".o_kpi_what_if_point").toHaveText("One point more: + 1,000");
});

test("typing asks once for all that was typed", async () => {
    const asked = await open();
    await contains(".o_kpi_what_if_actual").edit("5", { confirm: false });
    await contains(".o_kpi_what_if_actual").edit("55", { confirm: false });
    await settle();
    expect(".o_kpi_what_if_total").toHaveText("110,000");
    expect(".o_kpi_what_if_actual").toHaveValue("55");
    expect(asked).toEqual([
        [{}, "now", false],
        [{ 1: { actual: 55 } }, "now", false],
    ]);
});

test("the slider wishes an attainment, and the actual follows", async () => {
    const asked = await open();
    await contains(".o_kpi_what_if input[type=range]").edit("110");
    await settle();
    expect(".o_kpi_what_if_actual").toHaveValue("55");
    expect(".o_kpi_what_if_attainment").toHaveText(/110\s%/);
    expect(asked.at(-1)).toEqual([{ 1: { attainment: 110 } }, "now", false]);
});

test("a shortcut takes the place of what was typed", async () => {
    const asked = await open();
    await contains(".o_kpi_what_if_actual").edit("55", { confirm: false });
    await settle();
    await contains(".o_kpi_what_if_shortcuts [data-name=target]").click();
    expect(asked.at(-1)).toEqual([{}, "target", false]);
    expect(".o_kpi_what_if_actual").toHaveValue("50");
    expect(".o_kpi_what_if_shortcuts [data-name=target]").toHaveAttribute("aria-pressed", "true");
});

test("what is no number is said, and nothing is asked", async () => {
    const asked = await open();
    await contains(".o_kpi_what_if_actual").edit("lots", { confirm: false });
    await settle();
    expect(".o_kpi_what_if_message").toHaveText("Type a number for Revenue.");
    expect(asked).toHaveLength(1);
});

test("the arithmetic of a plan opens on demand", async () => {
    await open();
    expect(".steps").toHaveCount(0);
    await contains(".o_kpi_what_if_steps").click();
    expect(".steps").toHaveText("80 % × 100,000");
});

test("without the right to see the pay there is the score alone", async () => {
    await open({ plans: [], sees_pay: false });
    expect(".o_kpi_what_if_total").toHaveCount(0);
    expect(".o_kpi_what_if").toHaveText(/this person's bonus is not shown to you/);
    expect(queryAllTexts(".o_kpi_what_if_shortcuts .fw-bold").map((text) => parseInt(text))).toEqual([
        80, 90, 100, 120,
    ]);
});

test("a period that has ended has no pace", async () => {
    await open({ elapsed: true });
    expect(".o_kpi_what_if_shortcuts button").toHaveCount(3);
});
