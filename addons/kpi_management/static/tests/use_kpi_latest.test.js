import { expect, test } from "@odoo/hoot";
import { animationFrame, Deferred } from "@odoo/hoot-mock";
import { Component, xml } from "@odoo/owl";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { mountWithCleanup } from "@web/../tests/web_test_helpers";

import { useKpiLatest } from "@kpi_management/kpi_latest/use_kpi_latest";

defineMailModels();

class Page extends Component {
    static template = xml`<div t-att-aria-busy="latest.state.isLoading ? 'true' : 'false'"/>`;
    static props = [];
    setup() {
        this.latest = useKpiLatest();
    }
}

async function loadTwice() {
    const page = await mountWithCleanup(Page);
    const [early, late] = [new Deferred(), new Deferred()];
    const shown = [];
    const loads = [early, late].map((answer) =>
        page.latest.load(
            () => answer,
            (data) => shown.push(data),
        ),
    );
    await animationFrame();
    expect("div[aria-busy=true]").toHaveCount(1);
    return { page, early, late, loads, shown };
}

test("what was asked for last is shown, though it is answered first", async () => {
    const { early, late, loads, shown } = await loadTwice();
    late.resolve("late");
    expect(await loads[1]).toBe(true);
    await animationFrame();
    expect("div[aria-busy=false]").toHaveCount(1);
    early.resolve("early");
    expect(await loads[0]).toBe(false);
    await animationFrame();
    expect(shown).toEqual(["late"]);
    expect("div[aria-busy=false]").toHaveCount(1);
});

test("the page is busy until the last one is answered", async () => {
    const { early, late, loads, shown } = await loadTwice();
    early.resolve("early");
    expect(await loads[0]).toBe(false);
    await animationFrame();
    expect(shown).toEqual([]);
    expect("div[aria-busy=true]").toHaveCount(1);
    late.resolve("late");
    await loads[1];
    expect(shown).toEqual(["late"]);
});

test("only the error of the last one is told", async () => {
    const { early, late, loads, shown } = await loadTwice();
    early.reject(new Error("early"));
    expect(await loads[0]).toBe(false);
    late.reject(new Error("late"));
    await expect(loads[1]).rejects.toThrow("late");
    await animationFrame();
    expect("div[aria-busy=false]").toHaveCount(1);
    expect(shown).toEqual([]);
});

test("nothing is shown on a page that is gone", async () => {
    const { page, early, late, loads, shown } = await loadTwice();
    page.__owl__.app.destroy();
    early.resolve("early");
    late.resolve("late");
    expect(await Promise.all(loads)).toEqual([false, false]);
    // nor what is asked for after it is gone
    const after = page.latest.load(
        () => Promise.resolve("after"),
        (data) => shown.push(data),
    );
    expect(await after).toBe(false);
    expect(shown).toEqual([]);
});
