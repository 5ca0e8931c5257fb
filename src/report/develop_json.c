/* SPDX-License-Identifier: MIT
 * What children learn: the document, and the same as a table. */
#include <inttypes.h>
#include <stdio.h>

#include "core/csv.h"
#include "core/json.h"
#include "ebb/developed.h"
#include "report/named_json.h"

static bool devjson_shows(const ebb_developed_t *from, size_t care)
{
    return from->only == EBB_CAREGIVERS || from->only == care;
}

/* --- document --------------------------------------------------------------------- */

static void devjson_list(ebb_json_t *json, const char *key, const double *numbers,
                         size_t count)
{
    ebb_json_key(json, key);
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < count; k++) {
        ebb_json_number(json, numbers[k]);
    }
    ebb_json_end(json, ']');
}

static void devjson_caregiver(ebb_json_t *json, const ebb_caregiver_t *c)
{
    ebb_json_put_string(json, "caregiver", c->name);
    ebb_json_put_string(json, "text", c->text);
    ebb_json_put_number(json, "free", c->free);
    ebb_json_put_number(json, "silent", c->silent);
    ebb_json_put_number(json, "loudest", c->loudest);
    ebb_json_put_number(json, "heard", c->heard);
    ebb_json_put_number(json, "rebuff", c->rebuff);
    ebb_json_put_number(json, "alarm", c->alarm);
}

static void devjson_childhood(ebb_json_t *json, const ebb_childhood_t *c)
{
    ebb_json_begin(json, '{');
    devjson_caregiver(json, &c->caregiver);
    ebb_json_put_number(json, "loudness", c->loudness);
    ebb_json_put_number(json, "loudness_sd", c->loudness_sd);
    ebb_json_put_number(json, "unrest", c->unrest);
    ebb_json_put_number(json, "worth", c->worth);
    ebb_json_put_number(json, "suppress", c->suppress);
    ebb_json_put_number(json, "plain", c->plain);
    ebb_json_put_number(json, "amplify", c->amplify);
    ebb_json_put_number(json, "adult_anxiety", c->adult_anxiety);
    ebb_json_put_number(json, "adult_avoidance", c->adult_avoidance);
    devjson_list(json, "pays", c->pays, EBB_DEVELOP_LEVELS);
    devjson_list(json, "mean", c->mean, EBB_DEVELOP_TIMES);
    devjson_list(json, "low", c->low, EBB_DEVELOP_TIMES);
    devjson_list(json, "high", c->high, EBB_DEVELOP_TIMES);
    ebb_json_end(json, '}');
}

static void devjson_develop(ebb_json_t *json, const ebb_developed_t *from,
                            unsigned without, const ebb_develop_t *develop)
{
    ebb_named_json_without(json, ebb_develop_mechanism, without);
    ebb_json_key(json, "care");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < EBB_CAREGIVERS; k++) {
        if (devjson_shows(from, k)) {
            devjson_childhood(json, &develop->care[k]);
        }
    }
    ebb_json_end(json, ']');
    ebb_json_put_number(json, "care_adult", develop->care_adult);
    ebb_json_put_number(json, "clusters", develop->clusters);
    ebb_json_put_number(json, "security", develop->security);
}

int ebb_developed_json(ebb_text_t *out, const ebb_developed_t *from)
{
    ebb_json_t json = {.out = out};
    ebb_develop_numbers_t usual = ebb_develop_usual();
    const ebb_develop_numbers_t *numbers = from->settings->numbers;
    char seed[24];
    (void)snprintf(seed, sizeof seed, "%" PRIu64, from->settings->seed);
    ebb_json_begin(&json, '{');
    ebb_json_put_string(&json, "schema", "ebb/develop");
    ebb_json_put_count(&json, "version", 1);
    ebb_json_put_string(&json, "seed", seed);
    ebb_json_put_count(&json, "children", from->develop->children);
    ebb_named_json_numbers(&json, ebb_develop_number, numbers ? numbers : &usual);
    devjson_develop(&json, from, from->settings->without, from->develop);
    ebb_json_key(&json, "compared");
    ebb_json_begin(&json, '[');
    for (size_t k = 0; k < from->row_count; k++) {
        ebb_json_begin(&json, '{');
        devjson_develop(&json, from, from->rows[k].without, &from->rows[k].develop);
        ebb_json_end(&json, '}');
    }
    ebb_json_end(&json, ']');
    ebb_json_end(&json, '}');
    ebb_text_puts(out, "\n");
    return out->failed;
}

/* --- table ------------------------------------------------------------------------ */

static void devcsv_courses(ebb_text_t *out, const ebb_developed_t *from)
{
    ebb_text_puts(out, "caregiver,moment,mean,low,high\n");
    for (size_t k = 0; k < EBB_CAREGIVERS; k++) {
        const ebb_childhood_t *c = &from->develop->care[k];
        for (size_t t = 0; t < EBB_DEVELOP_TIMES && devjson_shows(from, k); t++) {
            ebb_text_printf(out, "%s,%zu", c->caregiver.name, t + 1);
            ebb_csv_next(out, c->mean[t]);
            ebb_csv_next(out, c->low[t]);
            ebb_csv_next(out, c->high[t]);
            ebb_text_puts(out, "\n");
        }
    }
}

static void devcsv_row(ebb_text_t *out, const ebb_developed_row_t *row, size_t care)
{
    const ebb_childhood_t *c = &row->develop.care[care];
    const char *space = "";
    for (size_t m = 0; m < EBB_DEVELOP_MECHANISMS; m++) {
        if (row->without >> m & 1) {
            ebb_text_printf(out, "%s%s", space, ebb_develop_mechanism(m));
            space = " ";
        }
    }
    ebb_text_printf(out, ",%s", c->caregiver.name);
    ebb_csv_next(out, c->loudness);
    ebb_csv_next(out, c->loudness_sd);
    ebb_csv_next(out, c->unrest);
    ebb_csv_next(out, c->worth);
    ebb_csv_next(out, c->suppress);
    ebb_csv_next(out, c->plain);
    ebb_csv_next(out, c->amplify);
    ebb_csv_next(out, row->develop.clusters);
    ebb_text_puts(out, "\n");
}

int ebb_developed_csv(ebb_text_t *out, const ebb_developed_t *from)
{
    if (!from->row_count) {
        devcsv_courses(out, from);
        return out->failed;
    }
    ebb_text_puts(out, "without,caregiver,loudness,loudness_sd,unrest,worth,suppress,"
                       "plain,amplify,clusters\n");
    for (size_t k = 0; k < from->row_count; k++) {
        for (size_t care = 0; care < EBB_CAREGIVERS; care++) {
            if (devjson_shows(from, care)) {
                devcsv_row(out, &from->rows[k], care);
            }
        }
    }
    return out->failed;
}
