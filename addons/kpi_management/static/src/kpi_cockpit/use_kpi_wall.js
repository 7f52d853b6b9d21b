/* global luxon */
import { onWillUnmount, useExternalListener, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

const { DateTime } = luxon;

export const MINUTE = 60 * 1000;

/**
 * The screen on the wall: the whole screen, kept awake, loaded again every minute. A load that fails is shown and tried
 * again; one that was due while the tab was hidden is made up for.
 *
 * @param {() => Promise} load
 */
export function useKpiWall(load) {
    const state = useState({ isOn: false, updatedAt: false, hasFailed: false });
    let timer, lock, isLoading;

    async function update() {
        if (isLoading) {
            return;
        }
        isLoading = true;
        try {
            await load();
            Object.assign(state, { updatedAt: DateTime.now(), hasFailed: false });
        } catch {
            state.hasFailed = true;
        } finally {
            isLoading = false;
        }
    }

    // Neither of the two is there in every browser, and both may be refused: the page fills the window all the same.

    async function fillScreen() {
        try {
            await document.documentElement.requestFullscreen?.();
        } catch {
            return;
        }
        if (!state.isOn && document.fullscreenElement) {
            document.exitFullscreen();
        }
    }

    /** A browser takes the lock back whenever the tab is hidden. */
    async function keepAwake() {
        try {
            const taken = await browser.navigator.wakeLock?.request("screen");
            const isNeeded = state.isOn && (!lock || lock.released);
            isNeeded ? (lock = taken) : taken?.release();
        } catch {
            // the screen sleeps when it will
        }
    }

    function enter() {
        Object.assign(state, { isOn: true, updatedAt: DateTime.now(), hasFailed: false });
        timer = browser.setInterval(update, MINUTE);
        fillScreen();
        keepAwake();
    }

    function leave() {
        state.isOn = false;
        browser.clearInterval(timer);
        lock?.release();
        lock = undefined;
        if (document.fullscreenElement) {
            document.exitFullscreen();
        }
    }

    useExternalListener(document, "visibilitychange", () => {
        if (!state.isOn || document.visibilityState !== "visible") {
            return;
        }
        keepAwake();
        if (DateTime.now().diff(state.updatedAt).toMillis() >= MINUTE) {
            update();
        }
    });
    // Esc leaves the browser's full screen without telling the page of the key.
    useExternalListener(document, "fullscreenchange", () => {
        if (state.isOn && !document.fullscreenElement) {
            leave();
        }
    });
    onWillUnmount(() => state.isOn && leave());
    return { state, enter, leave };
}
