import { onWillUnmount, useState } from "@odoo/owl";
import { ConnectionLostError } from "@web/core/network/rpc";
import { useService } from "@web/core/utils/hooks";

/**
 * Measures scorecards again, some at a time, so that one sees how far it is and can stop it. What one chunk fails with
 * is kept and told; the others go on.
 *
 * @param {() => Promise} onDone after the last chunk, also where it was stopped
 */
export function useKpiRefresh(onDone) {
    const orm = useService("orm");
    const state = useState({ isRunning: false, isStopping: false, done: 0, total: 0, failed: 0, errors: [] });

    async function measure(ids) {
        try {
            await orm.silent.call("kpi.scorecard", "action_compute", [ids]);
        } catch (error) {
            state.failed += ids.length;
            const message = error.data?.message || error.message;
            if (!state.errors.includes(message)) {
                state.errors.push(message);
            }
            // without a server the rest would fail as well
            state.isStopping ||= error instanceof ConnectionLostError;
        }
        state.done += ids.length;
    }

    /** @returns {Promise<number>} how many scorecards were measured */
    async function start(periodId, subject) {
        Object.assign(state, { isRunning: true, isStopping: false, done: 0, total: 0, failed: 0, errors: [] });
        try {
            const chunks = await orm.silent.call("kpi.cockpit", "refresh_ids", [periodId, subject]);
            state.total = chunks.flat().length;
            for (const ids of chunks) {
                if (state.isStopping) {
                    break;
                }
                await measure(ids);
            }
            await onDone();
        } finally {
            state.isRunning = false;
        }
        return state.done - state.failed;
    }

    const stop = () => (state.isStopping = true);
    onWillUnmount(stop);
    return { state, start, stop, forget: () => (state.errors = []) };
}
