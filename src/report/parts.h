/* SPDX-License-Identifier: MIT
 * The parts of a report, for the files of report/ alone. */
#ifndef EBB_REPORT_PARTS_H
#define EBB_REPORT_PARTS_H

#include "core/calendar.h"
#include "core/json.h"
#include "ebb/report.h"

/* What every part of a report is made from. Borrowed; `opts` is never NULL here. */
typedef struct ebb_report_source {
    const ebb_history_t *history;
    const ebb_cycle_t *cycle;
    const ebb_report_opts_t *opts;
} ebb_report_source_t;

/* Messages a day; a record of less than a day counts as one. */
double ebb_messages_per_day(const ebb_cycle_t *cycle);

/* So short a record holds no usual hours, and its calm says nothing. */
#define LEAST_DAYS 14

/* Hours of a span, on the wall clock, in which a person does not write rarely: less
 * than a quarter as often as in a typical hour. */
double ebb_usual_hours(const ebb_cycle_t *cycle, int person, int64_t begin_s,
                       int64_t end_s);

/* Small values of the document. */
void ebb_report_put_wall(ebb_json_t *json, int64_t local_s);
void ebb_report_put_estimate(ebb_json_t *json, ebb_estimate_t estimate);
void ebb_report_put_counts(ebb_json_t *json, const uint64_t counts[2]);
void ebb_report_put_float(ebb_json_t *json, float value); /* shortest for a float */

/* The large members of the document, each with its key. */
void ebb_report_put_data(ebb_json_t *json, const ebb_report_source_t *from);
void ebb_report_put_directions(ebb_json_t *json, const ebb_cycle_t *cycle);
/* Where help is: of one country; of all where none is named, or one without a line. */
void ebb_report_put_help(ebb_json_t *json, const char *country);
void ebb_report_put_windows(ebb_json_t *json, const ebb_cycle_t *cycle);
void ebb_report_put_repairs(ebb_json_t *json, const ebb_cycle_t *cycle);
void ebb_report_put_hours(ebb_json_t *json, const ebb_cycle_t *cycle);
void ebb_report_put_weeks(ebb_json_t *json, const ebb_cycle_t *cycle);
int ebb_report_put_episodes(ebb_json_t *json, const ebb_cycle_t *cycle,
                            const ebb_alloc_t *alloc) EBB_MUST_CHECK;

/* exp of an estimate, `sign` being 1 or -1; a negative sign swaps the ends. Not finite
 * in any of the three: NAN in all. */
ebb_estimate_t ebb_estimate_ratio(ebb_estimate_t log_ratio, int sign);

/* Whether all three are finite. */
bool ebb_estimate_known(ebb_estimate_t estimate);

/* The words of the document for enumerations. */
const char *ebb_verdict_word(ebb_verdict_t verdict);

/* Code of the one small experiment that fits what was found; its words are under
 * "experiments.CODE" in the text table. */
const char *ebb_experiment_choose(const ebb_cycle_t *cycle);

#endif
