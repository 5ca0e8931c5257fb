/* SPDX-License-Identifier: MIT
 *
 * The report as a JSON document, schema "ebb/report" version 1 (docs/schema.md). This
 * file holds the frame; the large members are in the json_*.c beside it.
 *
 * Invariants: no message text and no label of an input is ever written; names only when
 * asked; nothing depends on anything but the history, the measure and the options.
 */
#include "core/json.h"

#include <string.h>

#include "report/parts.h"
#include "safety/help.h"

/* What A and B are called: names only with opts.names. */
static void put_names(ebb_json_t *json, const ebb_report_source_t *from)
{
    static const char *const letters[2] = {"A", "B"};
    ebb_json_key(json, "names");
    ebb_json_begin(json, '[');
    for (int k = 0; k < 2; k++) {
        ebb_json_string(json, from->opts->names ? ebb_history_name(from->history, k)
                                                : letters[k]);
    }
    ebb_json_end(json, ']');
    ebb_json_put_bool(json, "named", from->opts->names);
}

static void put_head(ebb_json_t *json, const ebb_report_source_t *from)
{
    const ebb_report_opts_t *opts = from->opts;
    ebb_json_put_string(json, "schema", "ebb/report");
    ebb_json_put_count(json, "version", 1);
    ebb_json_put_string(json, "language", opts->language ? opts->language : "en");
    put_names(json, from);
    ebb_json_put_string(json, "made_by", opts->made_by_both ? "both" : opts->me);
    ebb_json_put_string(json, "country", opts->country);
}

static void put_starts(ebb_json_t *json, const ebb_cycle_t *cycle)
{
    ebb_json_key(json, "starts");
    ebb_json_begin(json, '{');
    ebb_json_put_number(json, "gap_h", cycle->start_gap_h);
    ebb_json_key(json, "by");
    ebb_report_put_counts(json, cycle->starts);
    ebb_json_key(json, "share");
    ebb_report_put_estimate(json, cycle->start_share);
    ebb_json_end(json, '}');
}

static void put_number_pair(ebb_json_t *json, const char *key, const double values[2])
{
    ebb_json_key(json, key);
    ebb_json_begin(json, '[');
    ebb_json_number(json, values[0]);
    ebb_json_number(json, values[1]);
    ebb_json_end(json, ']');
}

static void put_replies(ebb_json_t *json, const ebb_cycle_t *cycle)
{
    ebb_json_key(json, "replies");
    ebb_json_begin(json, '{');
    put_number_pair(json, "median_minutes", cycle->reply_minutes);
    put_number_pair(json, "p90_minutes", cycle->reply_p90_minutes);
    ebb_json_end(json, '}');
}

static void put_silences(ebb_json_t *json, const ebb_cycle_t *cycle)
{
    ebb_json_key(json, "silences");
    ebb_json_begin(json, '{');
    ebb_json_put_number(json, "threshold_h", cycle->silence_h);
    ebb_json_put_count(json, "count", cycle->repair_count);
    ebb_json_end(json, '}');
}

static void put_switch(ebb_json_t *json, const ebb_cycle_t *cycle)
{
    ebb_json_key(json, "switch_window");
    if (cycle->switch_window < 0) {
        ebb_json_null(json);
    } else {
        ebb_json_int(json, cycle->switch_window);
    }
}

void ebb_report_put_help(ebb_json_t *json, const char *country)
{
    size_t count;
    country = country ? ebb_help_country(country) : NULL;
    const ebb_help_line_t *lines = ebb_help_lines(&count);
    ebb_json_key(json, "help");
    ebb_json_begin(json, '[');
    for (size_t i = 0; i < count; i++) {
        const ebb_help_line_t *line = &lines[i];
        if (country && strcmp(country, line->country) != 0) {
            continue;
        }
        ebb_json_begin(json, '{');
        ebb_json_put_string(json, "country", line->country);
        ebb_json_put_string(json, "kind", line->kind);
        ebb_json_put_string(json, "name", line->name);
        ebb_json_put_string(json, "number", line->number);
        ebb_json_put_string(json, "url", line->url);
        ebb_json_put_string(json, "checked", line->checked);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
}

static int put_body(ebb_json_t *json, const ebb_report_source_t *from)
{
    const ebb_cycle_t *cycle = from->cycle;
    ebb_report_put_data(json, from);
    ebb_report_put_directions(json, cycle);
    put_starts(json, cycle);
    put_replies(json, cycle);
    put_silences(json, cycle);
    ebb_report_put_repairs(json, cycle);
    ebb_report_put_hours(json, cycle);
    ebb_report_put_weeks(json, cycle);
    ebb_report_put_windows(json, cycle);
    put_switch(json, cycle);
    int code = ebb_report_put_episodes(json, cycle, json->out->_alloc);
    ebb_json_put_string(json, "experiment", ebb_experiment_choose(cycle));
    ebb_report_put_help(json, from->opts->country);
    return code;
}

int ebb_report_json(ebb_text_t *out, const ebb_history_t *history,
                    const ebb_cycle_t *cycle, const ebb_report_opts_t *opts)
{
    static const ebb_report_opts_t defaults = {0};
    const ebb_report_source_t from = {history, cycle, opts ? opts : &defaults};
    ebb_json_t json = {.out = out};
    ebb_json_begin(&json, '{');
    put_head(&json, &from);
    int code = put_body(&json, &from);
    ebb_json_end(&json, '}');
    ebb_text_puts(out, "\n");
    return code ? code : out->failed;
}
