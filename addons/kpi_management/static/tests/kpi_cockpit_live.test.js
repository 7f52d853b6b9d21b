import { expect, test } from "@odoo/hoot";
import { press } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, Deferred, mockDate } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { browser } from "@web/core/browser/browser";
import { contains, makeServerError, onRpc, patchWithCleanup } from "@web/../tests/web_test_helpers";

import { company, openCockpit } from "./kpi_cockpit_data";

defineMailModels();

const FIRST = ["load", false, "previous", false, false];
const AGAIN = ["load", false, "previous", { type: "company", id: 1 }, false];
const MINUTE = 60000;

// ---------------------------------------------------------------- refresh

function refreshing(measure) {
    onRpc("kpi.cockpit", "refresh_ids", ({ args }) => {
        expect.step(["refresh_ids", ...args]);
        return [[1, 2], [3, 4], [5]];
    });
    onRpc("kpi.scorecard", "action_compute", ({ args }) => {
        expect.step(["compute", ...args[0]]);
        return measure(args[0]);
    });
}

const ASKED = ["refresh_ids", 12, { type: "company", id: 1 }];

test("refresh goes on after a chunk that fails, says why, and loads again", async () => {
    const last = new Deferred();
    refreshing((ids) => {
        if (ids[0] === 3) {
            throw makeServerError({ message: "The scorecard is closed" });
        }
        return ids[0] === 5 ? last : true;
    });
    await openCockpit();
    await contains(".o_kpi_cockpit_refresh").click();
    await animationFrame();
    // four of five are through, two of them with an error
    expect(".o_kpi_cockpit_progress .progress").toHaveAttribute("aria-valuenow", "80");
    expect(".o_kpi_cockpit_progress").toHaveText(/4 of 5 scorecards/);
    expect(".o_kpi_cockpit_refresh").not.toBeEnabled();
    last.resolve(true);
    await animationFrame();
    expect(".o_kpi_cockpit_progress").toHaveCount(0);
    expect(".o_kpi_cockpit_failed b").toHaveText("2 scorecards could not be measured; the others were.");
    expect(".o_kpi_cockpit_failed li").toHaveText("The scorecard is closed");
    await contains(".o_kpi_cockpit_failed .btn-close").click();
    expect(".o_kpi_cockpit_failed").toHaveCount(0);
    expect.verifySteps([FIRST, ASKED, ["compute", 1, 2], ["compute", 3, 4], ["compute", 5], AGAIN]);
});

test("refresh is stopped between two chunks", async () => {
    const first = new Deferred();
    refreshing(() => first);
    await openCockpit();
    await contains(".o_kpi_cockpit_refresh").click();
    await contains(".o_kpi_cockpit_stop").click();
    expect(".o_kpi_cockpit_stop").not.toBeEnabled();
    first.resolve(true);
    await animationFrame();
    expect(".o_kpi_cockpit_progress").toHaveCount(0);
    expect(".o_notification").toHaveText("Stopped. Scorecards measured: 2.");
    expect.verifySteps([FIRST, ASKED, ["compute", 1, 2], AGAIN]);
});

test("a closed period is not refreshed", async () => {
    await openCockpit(() => company({ refresh_count: 0 }));
    expect(".o_kpi_cockpit_refresh").not.toBeEnabled();
    expect.verifySteps([FIRST]);
});

// ---------------------------------------------------------------- the screen on the wall

function withoutFullscreen() {
    // a test may not take the whole screen; the page fills the window all the same
    patchWithCleanup(document.documentElement, { requestFullscreen: () => Promise.reject(new Error("refused")) });
}

/** Locks that keep the screen awake, by their number; "asked" and "released" are steps. */
function withLocks(answers = []) {
    const locks = [];
    const request = async () => {
        const lock = { number: locks.length + 1, released: false };
        locks.push(lock);
        lock.release = () => {
            lock.released = true;
            expect.step(`released ${lock.number}`);
        };
        expect.step(`asked ${lock.number}`);
        await answers[lock.number - 1];
        return lock;
    };
    patchWithCleanup(browser, { navigator: { wakeLock: { request } } });
    return locks;
}

test("on the wall it is loaded every minute, until Esc is pressed", async () => {
    withoutFullscreen();
    let score = 82.5;
    await openCockpit(() => {
        const data = company();
        return { ...data, subject: { ...data.subject, score } };
    });
    await contains(".o_kpi_cockpit_to_wall").click();
    expect(".o_kpi_cockpit").toHaveClass("o_kpi_cockpit_wall");
    expect(".o_kpi_cockpit_wall_updated").toHaveText(/^Updated \d/);
    expect.verifySteps([FIRST]);
    score = 90;
    await advanceTime(MINUTE);
    await animationFrame();
    expect(".o_kpi_cockpit_scorecard").toHaveText("90 %");
    expect.verifySteps([AGAIN]);
    await press("Escape");
    await animationFrame();
    expect(".o_kpi_cockpit").not.toHaveClass("o_kpi_cockpit_wall");
    await advanceTime(3 * MINUTE);
    expect.verifySteps([]);
});

test("a load that fails is said, and tried again", async () => {
    withoutFullscreen();
    let isDown = false;
    await openCockpit(() => {
        if (isDown) {
            throw makeServerError({ message: "Down" });
        }
        return company();
    });
    await contains(".o_kpi_cockpit_to_wall").click();
    isDown = true;
    await advanceTime(MINUTE);
    await animationFrame();
    expect(".o_kpi_cockpit_wall_failed").toHaveText(/Could not be updated since/);
    expect(".o_error_dialog").toHaveCount(0);
    isDown = false;
    await advanceTime(MINUTE);
    await animationFrame();
    expect(".o_kpi_cockpit_wall_failed").toHaveCount(0);
    expect(".o_kpi_cockpit_wall_updated").toHaveCount(1);
    expect.verifySteps([FIRST, AGAIN, AGAIN]);
    await contains(".o_kpi_cockpit_wall_leave").click();
});

test("what was due while the tab was hidden is made up for, and only that", async () => {
    withoutFullscreen();
    mockDate("2026-03-19 10:00:00");
    await openCockpit();
    await contains(".o_kpi_cockpit_to_wall").click();
    document.dispatchEvent(new Event("visibilitychange"));
    await animationFrame();
    expect.verifySteps([FIRST]);
    // a browser holds the timers of hidden tabs: the clock went on, they did not
    mockDate("2026-03-19 10:05:00");
    document.dispatchEvent(new Event("visibilitychange"));
    await animationFrame();
    expect.verifySteps([AGAIN]);
    await contains(".o_kpi_cockpit_wall_leave").click();
});

test("the screen is kept awake without the full screen, and again when one comes back to it", async () => {
    withoutFullscreen();
    const locks = withLocks();
    await openCockpit();
    await contains(".o_kpi_cockpit_to_wall").click();
    await animationFrame();
    expect.verifySteps([FIRST, "asked 1"]);
    // a browser takes it back when the tab is hidden
    locks[0].released = true;
    document.dispatchEvent(new Event("visibilitychange"));
    await animationFrame();
    expect.verifySteps(["asked 2"]);
    await contains(".o_kpi_cockpit_wall_leave").click();
    expect.verifySteps(["released 2"]);
    document.dispatchEvent(new Event("visibilitychange"));
    await animationFrame();
    expect.verifySteps([]);
});

test("a lock that comes after one has left is given back", async () => {
    withoutFullscreen();
    const answer = new Deferred();
    withLocks([answer]);
    await openCockpit();
    await contains(".o_kpi_cockpit_to_wall").click();
    await contains(".o_kpi_cockpit_wall_leave").click();
    expect.verifySteps([FIRST, "asked 1"]);
    answer.resolve();
    await animationFrame();
    expect.verifySteps(["released 1"]);
});
