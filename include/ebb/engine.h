/* SPDX-License-Identifier: MIT
 *
 * The engine behind a flat border: models, scenarios and runs for callers that share
 * nothing with C but memory and numbers, above all a page with the WebAssembly module.
 * Natively the same functions do the same; C programs have more freedom with
 * ebb/model.h and ebb/run.h.
 *
 * Main idea: a desk. On it lies one model, at most one scenario of it, what was set,
 * and the run that was prepared of all that. Whoever wants several models side by side
 * takes several desks. Nothing else is kept anywhere.
 *
 * What crosses the border: the desk, as a pointer that is only passed back; numbers;
 * arrays of doubles; texts as pointer and length in bytes, UTF-8, without a NUL. All
 * that is passed in is copied. A function answers 0 or a negative EBB_ERR_ code of
 * ebb/error.h, and leaves its answer or the reason as a text, see ebb_desk_reply.
 * JSON in replies is between a page and the engine it came with: its form may change
 * between versions, and so has none of a file's schema and version.
 *
 * In JavaScript, with the module (which imports nothing):
 *
 *     const { instance } = await WebAssembly.instantiate(bytes);
 *     const e = instance.exports;
 *     const put = (text) => {                 // [pointer, length], to be given back
 *         const bytes = new TextEncoder().encode(text);
 *         const at = e.ebb_room_new(bytes.length);
 *         new Uint8Array(e.memory.buffer, at, bytes.length).set(bytes);
 *         return [at, bytes.length];
 *     };
 *     const desk = e.ebb_desk_new();
 *     const [at, size] = put(file);
 *     const code = e.ebb_desk_read_model(desk, at, size);
 *     e.ebb_room_free(at, size);
 *     const said = new TextDecoder().decode(new Uint8Array(e.memory.buffer,
 *         e.ebb_desk_reply(desk), e.ebb_desk_reply_size(desk)));
 *
 * The memory grows while functions run, which detaches every view of it: make a new
 * one after each call. Pointers stay. Sizes and couples are unsigned there, signs need
 * `>>> 0` only from 2^31 on.
 *
 * Threads: a desk is for one at a time; different desks do not touch each other.
 */
#ifndef EBB_ENGINE_H
#define EBB_ENGINE_H

#include <stddef.h>
#include <stdint.h>

#include "ebb/error.h"

typedef struct ebb_desk ebb_desk_t;

/**
 * Memory for texts and numbers of the caller.
 *
 * @param[in] size  bytes; 0 counts as 1
 * @return zeroed memory, aligned for doubles, to be released with ebb_room_free; NULL
 * (0 in JavaScript) when there is none left. Belongs to no desk.
 */
void *ebb_room_new(size_t size);

/**
 * Releases memory of ebb_room_new.
 *
 * @param[in] room  what it gave; NULL is a no-op
 * @param[in] size  the same number of bytes as was asked for
 */
void ebb_room_free(void *room, size_t size);

/**
 * A new, empty desk.
 *
 * @return to be released with ebb_desk_free; NULL (0) when there is no memory. Cheap:
 * what costs memory is the model and the run that are put on it.
 */
ebb_desk_t *ebb_desk_new(void);

/** Releases a desk and all that lies on it; NULL is a no-op. Its reply is gone then. */
void ebb_desk_free(ebb_desk_t *desk);

/**
 * The text of the last answer: a report, JSON, or why something could not be done.
 *
 * @param[in] desk  from ebb_desk_new
 * @return ebb_desk_reply_size bytes of UTF-8, and a NUL behind them, valid until the
 * next call with this desk; never NULL. Most functions that have nothing to say leave
 * an empty text. Cheap; changes nothing.
 */
const char *ebb_desk_reply(const ebb_desk_t *desk);

/**
 * Length of the last answer.
 *
 * @param[in] desk  from ebb_desk_new
 * @return bytes, without the NUL. In JavaScript decode exactly these: a text may hold
 * any characters, and their number is not that of the bytes.
 */
size_t ebb_desk_reply_size(const ebb_desk_t *desk);

/**
 * Reads a model, and clears the desk of all that was there before.
 *
 * @param[in,out] desk  from ebb_desk_new
 * @param[in]     text  the file, `size` bytes; scenarios in it are left alone
 * @param[in]     size  bytes; more than 1 MiB is refused
 * @return 0, or EBB_ERR_INPUT, EBB_ERR_LIMIT, EBB_ERR_MEMORY; the desk is then empty.
 * The reply is the report for people: each error and warning with its place, line,
 * caret and way out, see ebb_model_read; empty when nothing is wrong.
 * Cost: milliseconds for hundreds of lines.
 */
int ebb_desk_read_model(ebb_desk_t *desk, const char *text, size_t size) EBB_MUST_CHECK;

/**
 * Reads a scenario of the model on the desk; it takes the place of the one before.
 *
 * What was set stays set and goes before what the scenario says; the run is dropped.
 *
 * @param[in,out] desk       with a model
 * @param[in]     text       a file with scenarios, `size` bytes; may be the model's
 * @param[in]     size       bytes; 0: no scenario any more
 * @param[in]     name       which of them, `name_size` bytes
 * @param[in]     name_size  0: the only one
 * @return 0, or the codes of ebb_scenario_read, EBB_ERR_CHOICE also for a scenario that
 * declares facts (see ebb/safety.h); the scenario before is then gone too.
 * The reply is the report, as for ebb_desk_read_model.
 */
int ebb_desk_read_scenario(ebb_desk_t *desk, const char *text, size_t size,
                           const char *name, size_t name_size) EBB_MUST_CHECK;

/**
 * Lists the scenarios of a file. Needs no model and leaves the desk as it is.
 *
 * @param[in,out] desk  for the reply
 * @param[in]     text  a file, `size` bytes
 * @param[in]     size  bytes
 * @return 0 with the reply
 * `[{"name":"evening","uses":"pursue_withdraw","text":"She writes, ...","facts":[]}]`,
 * in order of the file, sentences cut at 255 bytes, `facts` those that a scenario
 * declares, such as "fear"; or EBB_ERR_INPUT, EBB_ERR_LIMIT,
 * EBB_ERR_MEMORY with a sentence.
 */
int ebb_desk_list(ebb_desk_t *desk, const char *text, size_t size) EBB_MUST_CHECK;

/**
 * Describes the model on the desk.
 *
 * @param[in,out] desk  with a model
 * @return 0, or EBB_ERR_ARGUMENT (no model), EBB_ERR_MEMORY. The reply is
 * `{"name","text","source","time","steps","alike","persons":["a","b"],"params":[...],
 * "traits":[...],"inputs":[...],"states":[...],"lets":[...],"events","delays"}`, where
 * each entry of the lists is `{"name","person","text","unit","source","value","low",
 * "high"}` as in ebb_scalar_t; null stands for no number: of a state's value, which
 * may depend on parameters, and of a range without a bound.
 */
int ebb_desk_describe(ebb_desk_t *desk) EBB_MUST_CHECK;

/**
 * Sets a number of the model: a parameter, a trait, or where a state starts.
 *
 * It holds until it is set otherwise or another model is read, and goes before what
 * model and scenario say. The run is dropped.
 *
 * @param[in,out] desk   with a model
 * @param[in]     name   "gain", "a.anxiety", "a.alarm": `size` bytes
 * @param[in]     size   bytes
 * @param[in]     value  in the unit of the number, within its range; NaN: as model and
 *                       scenario have it
 * @return 0, or EBB_ERR_ARGUMENT with a sentence: no model, no such name (with the
 * nearest one), an input or a let, out of range. Nothing is changed then.
 */
int ebb_desk_set(ebb_desk_t *desk, const char *name, size_t size,
                 double value) EBB_MUST_CHECK;

/**
 * Gives each couple a number of its own: sweeps, grids of starts, populations.
 *
 * Couple c takes values[c % count], also where ebb_desk_set or the scenario says
 * otherwise; a NaN among them leaves what these say. The run is dropped.
 *
 * @param[in,out] desk    with a model
 * @param[in]     name    as for ebb_desk_set
 * @param[in]     size    bytes of the name
 * @param[in]     values  `count` numbers within the range, copied
 * @param[in]     count   0: the same for all couples again
 * @return 0, or EBB_ERR_ARGUMENT as for ebb_desk_set, EBB_ERR_MEMORY; nothing is
 * changed then. Memory: 8 bytes a number.
 */
int ebb_desk_vary(ebb_desk_t *desk, const char *name, size_t size, const double *values,
                  size_t count) EBB_MUST_CHECK;

/**
 * Sets how the model is run, in words as on a command line.
 *
 *     length              in the model's unit of time; unless the scenario says it
 *     method              auto, map, euler, heun, dopri5 or rodas4
 *     engine              auto, interpreter or native
 *     step                of euler and heun: the longest; unless said, 0.05
 *     tolerance           of dopri5 and rodas4: 1e-13 to 0.1; unless said, 1e-8
 *     tolerance_absolute  the same near 0; unless said, a hundredth of it
 *     seed                a whole number from 0 to 2^64 - 1
 *     exchange            1: the chance of each partner goes to the other; 0
 *     lanes               couples computed at once, 1 to 64; unless said, 64. Changes
 *                         no result
 *
 * @param[in,out] desk        from ebb_desk_new; options hold for all its models
 * @param[in]     name        one of these, `size` bytes
 * @param[in]     size        bytes
 * @param[in]     value       `value_size` bytes: a number or a word
 * @param[in]     value_size  bytes; 0: as if it had not been set
 * @return 0, or EBB_ERR_ARGUMENT with a sentence. Whether the value suits the model
 * ebb_desk_prepare says. The run is dropped.
 */
int ebb_desk_option(ebb_desk_t *desk, const char *name, size_t size, const char *value,
                    size_t value_size) EBB_MUST_CHECK;

/**
 * Sets when outputs are written.
 *
 * @param[in,out] desk   from ebb_desk_new; times hold for all its models
 * @param[in]     times  `count` times, rising, from 0 to the length of the run, in the
 *                       model's unit; whole numbers in discrete time. Copied
 * @param[in]     count  0: none, for a run of which only expectations are wanted
 * @return 0, or EBB_ERR_MEMORY; ebb_desk_prepare checks the times.
 */
int ebb_desk_times(ebb_desk_t *desk, const double *times, size_t count) EBB_MUST_CHECK;

/**
 * Adds one number of the model to what is written.
 *
 * @param[in,out] desk  with a model
 * @param[in]     name  a state or a let such as "a.alarm", `size` bytes
 * @param[in]     size  bytes; 0: all states, then all lets again, as at first
 * @return 0, or EBB_ERR_ARGUMENT with a sentence (no such name, or a number that stays
 * what it is), EBB_ERR_MEMORY. Outputs are in the order in which they were added.
 */
int ebb_desk_output(ebb_desk_t *desk, const char *name, size_t size) EBB_MUST_CHECK;

/**
 * Prepares the run of all that is set, and begins its totals anew.
 *
 * @param[in,out] desk       with a model
 * @param[in]     quantiles  not 0: for ebb_desk_quantile; 12.3 kB for each time and
 *                           output
 * @return 0, or EBB_ERR_ARGUMENT, EBB_ERR_LIMIT, EBB_ERR_MEMORY with a sentence that
 * names the setting. The reply is `{"method":"heun","engine":"interpreter",
 * "length":60,"times":61,"outputs":["a.alarm",...],"expects":2}`; a couple then
 * writes `times` rows of as many numbers as there are outputs.
 */
int ebb_desk_prepare(ebb_desk_t *desk, int quantiles) EBB_MUST_CHECK;

/**
 * Runs the couples [begin, end), and adds them to the totals.
 *
 * What a couple does depends on its number alone, not on the range it runs in. A page
 * that wants to show progress, or to stop, runs a few at a time.
 *
 * @param[in,out] desk    prepared
 * @param[in]     begin   first couple
 * @param[in]     end     the one after the last; begin <= end
 * @param[out]    values  (end - begin) blocks of `times` rows of outputs, the last ones
 *                        of a couple that failed NaN; NULL (0) for the totals alone
 * @return 0, also when single couples could not be run to their end, with the reply
 * `{"failed":1,"first":7,"why":"a state became infinite or undefined"}`, or
 * `{"failed":0,"first":null,"why":null}`; EBB_ERR_ARGUMENT, EBB_ERR_MEMORY with a
 * sentence.
 */
int ebb_desk_run(ebb_desk_t *desk, uint32_t begin, uint32_t end,
                 double *values) EBB_MUST_CHECK;

/**
 * Sums up the couples that have run since the run was prepared.
 *
 * @param[in,out] desk  prepared
 * @param[out]    out   for each time and, within it, each output five numbers: how
 *                      many couples have a number there, mean, standard deviation over
 *                      count - 1, lowest, highest; NaN where there is none
 * @return 0, or EBB_ERR_ARGUMENT (not prepared). A couple that ran twice counts twice.
 * Sums are exact, so no order of couples changes a bit.
 */
int ebb_desk_totals(ebb_desk_t *desk, double *out) EBB_MUST_CHECK;

/**
 * A quantile over the couples that have run, for each time and output.
 *
 * @param[in,out] desk  prepared with quantiles
 * @param[in]     p     share of couples below, 0 to 1; 0.5 for the median
 * @param[out]    out   for each time and, within it, each output one number, as exact
 *                      as ebb_run_quantile says (within 3 %); NaN where there is none
 * @return 0, or EBB_ERR_ARGUMENT (not prepared, without quantiles, p out of range).
 */
int ebb_desk_quantile(ebb_desk_t *desk, double p, double *out) EBB_MUST_CHECK;

/**
 * What became of the scenario's expectations among the couples that have run.
 *
 * @param[in,out] desk  prepared
 * @return 0, or EBB_ERR_ARGUMENT (not prepared), EBB_ERR_MEMORY. The reply is
 * `[{"text":"he closes up","code":"mean(b.withdrawal, 30, 60) > 0.3","line":12,
 * "share":1,"kept":37,"broken":3,"holds":false}]` in order of the scenario, as in
 * ebb_run_verdict_t; `[]` without a scenario.
 */
int ebb_desk_verdicts(ebb_desk_t *desk) EBB_MUST_CHECK;

/**
 * The gain of a loop at each time of a couple's run.
 *
 * As ebb_study_gain_along says it, with what is slow held where it is at the time: the
 * states that go back by themselves less than a tenth as fast as the quickest, along
 * this run. It is the gain on the page of `ebb simulate --html`, at other moments.
 *
 * @param[in,out] desk    prepared, and writing all states and lets, as at first
 * @param[in]     cut     where the loop is cut, "b.withdrawal": `size` bytes
 * @param[in]     size    bytes
 * @param[in]     rows    what the last ebb_desk_run has written; its first couple
 * counts
 * @param[out]    gains   one for each time; NaN where it is not defined
 * @return 0, or EBB_ERR_ARGUMENT with a sentence (not prepared, other outputs, no such
 * name, nothing to cut there), EBB_ERR_LIMIT, EBB_ERR_MEMORY. Cost: some milliseconds,
 * and for each time twice an evaluation of the Jacobian.
 */
int ebb_desk_gain(ebb_desk_t *desk, const char *cut, size_t size, const double *rows,
                  double *gains) EBB_MUST_CHECK;

/**
 * Where the quick part of the model would rest, with what is slow held as it is at a
 * time of a couple's run, and inputs as they are then.
 *
 * @param[in,out] desk    as for ebb_desk_gain
 * @param[in]     rows    what the last ebb_desk_run has written; its first couple
 * counts
 * @param[in]     time    which of the times, from 0
 * @param[in]     starts  from how many places it is looked for, see
 *                        ebb_equilibria_settings_t; 0: 200
 * @return 0 with the reply `[{"kind":"stable node","stable":true,"values":[...]}]`:
 * all states, then all lets, in the order of outputs; `[]` when none was found. Else
 * as ebb_desk_gain. Cost: as ebb_study_equilibria.
 */
int ebb_desk_rests(ebb_desk_t *desk, const double *rows, uint32_t time,
                   uint32_t starts) EBB_MUST_CHECK;

#endif
