/* SPDX-License-Identifier: MIT
 * A population as a JSON document. */
#include <inttypes.h>
#include <stdio.h>

#include "core/json.h"
#include "report/populated.h"

typedef struct popjson {
    ebb_json_t json;
    const ebb_populated_t *from;
    const ebb_populated_curves_t *curves;
} popjson_t;

static void popjson_head(popjson_t *p)
{
    ebb_json_t *json = &p->json;
    ebb_population_info_t info = ebb_population_info(p->from->population);
    char seed[24];
    (void)snprintf(seed, sizeof seed, "%" PRIu64, p->curves->info.seed);
    ebb_json_put_string(json, "schema", "ebb/population");
    ebb_json_put_count(json, "version", 1);
    ebb_json_put_string(json, "population", info.head.name);
    ebb_json_put_string(json, "text", info.head.text);
    ebb_json_put_string(json, "model", info.head.uses);
    ebb_json_put_string(json, "time_unit", ebb_model_info(p->from->model).time_unit);
    ebb_json_put_number(json, "length", info.head.length);
    ebb_json_put_number(json, "every", info.every);
    ebb_json_put_string(json, "partners", p->curves->info.people);
    ebb_json_put_count(json, "couples", p->curves->info.couples);
    ebb_json_put_string(json, "seed", seed);
}

static void popjson_endings(popjson_t *p)
{
    ebb_json_t *json = &p->json;
    ebb_json_key(json, "endings");
    ebb_json_begin(json, '[');
    for (size_t w = 0; w < p->curves->info.endings; w++) {
        const char *text = "";
        (void)ebb_lives_ending(p->from->lives, w, &text);
        ebb_json_begin(json, '{');
        ebb_json_put_string(json, "name", ebb_populated_ending(p->from, w));
        ebb_json_put_string(json, "text", text);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
}

static void popjson_fields(popjson_t *p, const ebb_lives_group_t *group)
{
    static const char *const names[EBB_LIVES_FIELDS] = {
        [EBB_LIVES_STABLE_SATISFIED] = "stable_satisfied",
        [EBB_LIVES_STABLE_NOT] = "stable_not",
        [EBB_LIVES_PARTED_SATISFIED] = "parted_satisfied",
        [EBB_LIVES_PARTED_NOT] = "parted_not"};
    ebb_json_t *json = &p->json;
    ebb_json_key(json, "fields");
    if (!p->curves->info.judged) {
        ebb_json_null(json);
        return;
    }
    ebb_json_begin(json, '{');
    for (size_t f = 0; f < EBB_LIVES_FIELDS; f++) {
        ebb_json_put_count(json, names[f], group->fields[f]);
    }
    ebb_json_end(json, '}');
}

/* A stretch: what is known at its end, and what happened in it. */
static void popjson_row(popjson_t *p, const ebb_populated_curve_t *curve, size_t b)
{
    ebb_json_t *json = &p->json;
    size_t ways = p->curves->info.endings;
    ebb_json_begin(json, '{');
    ebb_json_put_number(json, "time", p->curves->times[b + 1]);
    ebb_json_put_count(json, "at_risk", curve->rows[b].at_risk);
    ebb_json_put_count(json, "parted", curve->rows[b].ended);
    ebb_json_put_number(json, "share", curve->points[b].share);
    ebb_json_put_number(json, "error", curve->points[b].error);
    ebb_json_put_number(json, "low", curve->points[b].low);
    ebb_json_put_number(json, "high", curve->points[b].high);
    ebb_json_key(json, "ended");
    ebb_json_begin(json, '[');
    for (size_t w = 0; w < ways; w++) {
        ebb_json_number(json, curve->incidence[b * ways + w]);
    }
    ebb_json_end(json, ']');
    ebb_json_put_count(json, "together", curve->group.together[b + 1]);
    ebb_json_key(json, "episodes");
    if (p->curves->info.episodes) {
        ebb_json_int(json, (int64_t)curve->group.episodes[b]);
    } else {
        ebb_json_null(json);
    }
    ebb_json_put_number(json, "episodes_a_year",
                        ebb_populated_rate(p->from, &curve->group, b, b + 1));
    ebb_json_end(json, '}');
}

static void popjson_group(popjson_t *p, size_t g)
{
    ebb_json_t *json = &p->json;
    const ebb_populated_curve_t *curve = &p->curves->groups[g];
    size_t bins = p->curves->info.bins;
    ebb_json_begin(json, '{');
    ebb_json_put_string(json, "name", ebb_populated_name(p->curves, g));
    ebb_json_put_string(json, "text", curve->group.text);
    ebb_json_put_count(json, "couples", curve->group.couples);
    ebb_json_put_count(json, "failed", curve->group.failed);
    ebb_json_put_count(json, "reunited", curve->group.reunited);
    ebb_json_put_number(json, "median",
                        ebb_survival_median(curve->points, p->curves->times + 1, bins));
    ebb_json_put_number(json, "episodes_a_year",
                        ebb_populated_rate(p->from, &curve->group, 0, bins));
    popjson_fields(p, &curve->group);
    ebb_json_key(json, "curve");
    ebb_json_begin(json, '[');
    for (size_t b = 0; b < bins; b++) {
        popjson_row(p, curve, b);
    }
    ebb_json_end(json, ']');
    ebb_json_end(json, '}');
}

int ebb_populated_json(ebb_text_t *out, const ebb_populated_t *from)
{
    ebb_populated_curves_t curves;
    int code = ebb_populated_curves(&curves, from);
    popjson_t p = {{.out = out}, from, &curves};
    if (!code) {
        ebb_json_begin(&p.json, '{');
        popjson_head(&p);
        popjson_endings(&p);
        ebb_json_key(&p.json, "groups");
        ebb_json_begin(&p.json, '[');
        for (size_t g = 0; g < curves.info.groups; g++) {
            popjson_group(&p, g);
        }
        ebb_json_end(&p.json, ']');
        ebb_json_end(&p.json, '}');
        ebb_text_puts(out, "\n");
    }
    ebb_populated_curves_free(&curves);
    return code ? code : out->failed;
}
