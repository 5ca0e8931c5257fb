/* SPDX-License-Identifier: MIT
 * Who finds whom: the document, and the same as a table. */
#include <inttypes.h>
#include <stdio.h>

#include "core/csv.h"
#include "core/json.h"
#include "ebb/paired.h"
#include "report/named_json.h"

/* --- document --------------------------------------------------------------------- */

static void pairjson_amount(ebb_json_t *json, const char *key, ebb_pair_amount_t amount)
{
    ebb_json_key(json, key);
    ebb_json_begin(json, '{');
    ebb_json_put_number(json, "value", amount.value);
    ebb_json_put_number(json, "low", amount.low);
    ebb_json_put_number(json, "high", amount.high);
    ebb_json_end(json, '}');
}

static void pairjson_point(ebb_json_t *json, const ebb_pair_point_t *point)
{
    ebb_json_begin(json, '{');
    ebb_json_put_number(json, "cut", point->cut);
    ebb_json_put_number(json, "above", point->above);
    pairjson_amount(json, "either", point->either);
    ebb_json_put_number(json, "either_norm", point->either_norm);
    ebb_json_put_number(json, "either_shuffled", point->either_shuffled);
    ebb_json_key(json, "types");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < EBB_PAIR_TYPES; k++) {
        ebb_json_begin(json, '{');
        ebb_json_put_string(json, "type", ebb_pair_type(k));
        pairjson_amount(json, "share", point->types[k]);
        ebb_json_put_number(json, "norm", point->types_norm[k]);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
    ebb_json_end(json, '}');
}

static void pairjson_census(ebb_json_t *json, const ebb_pair_census_t *census)
{
    ebb_json_put_count(json, "couples", census->couples);
    ebb_json_key(json, "at");
    pairjson_point(json, &census->at);
    pairjson_amount(json, "cross", census->cross);
    pairjson_amount(json, "same_anxiety", census->same_anxiety);
    pairjson_amount(json, "same_avoidance", census->same_avoidance);
    pairjson_amount(json, "anxiety", census->anxiety);
    pairjson_amount(json, "avoidance", census->avoidance);
    pairjson_amount(json, "months", census->months);
}

static void pairjson_counted(ebb_json_t *json, const ebb_paired_t *from)
{
    ebb_pair_numbers_t usual = ebb_pair_usual();
    const ebb_pair_numbers_t *numbers = from->settings->numbers;
    ebb_named_json_without(json, ebb_pair_mechanism, from->settings->without);
    ebb_named_json_numbers(json, ebb_pair_number, numbers ? numbers : &usual);
    pairjson_census(json, from->census);
    ebb_json_key(json, "curve");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < EBB_PAIR_CURVE; k++) {
        pairjson_point(json, &from->census->curve[k]);
    }
    ebb_json_end(json, ']');
    ebb_json_key(json, "compared");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < from->row_count; k++) {
        ebb_json_begin(json, '{');
        ebb_named_json_without(json, ebb_pair_mechanism, from->rows[k].without);
        pairjson_census(json, &from->rows[k].census);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
}

static const char *const pair_markets[EBB_PAIRED_KALICK] = {"attractive", "similar",
                                                            "similar_one_group"};

static void pairjson_kalick(ebb_json_t *json, const ebb_kalick_t *kalick)
{
    ebb_json_key(json, "kalick_hamilton");
    ebb_json_begin(json, '[');
    for (size_t k = 0; k < EBB_PAIRED_KALICK; k++) {
        ebb_json_begin(json, '{');
        ebb_json_put_string(json, "market", pair_markets[k]);
        ebb_json_put_count(json, "runs", kalick[k].runs);
        ebb_json_put_number(json, "r", kalick[k].r);
        ebb_json_put_number(json, "low", kalick[k].low);
        ebb_json_put_number(json, "high", kalick[k].high);
        ebb_json_end(json, '}');
    }
    ebb_json_end(json, ']');
}

int ebb_paired_json(ebb_text_t *out, const ebb_paired_t *from)
{
    ebb_json_t json = {.out = out};
    char seed[24];
    (void)snprintf(seed, sizeof seed, "%" PRIu64, from->settings->seed);
    ebb_json_begin(&json, '{');
    ebb_json_put_string(&json, "schema", "ebb/pair");
    ebb_json_put_count(&json, "version", 1);
    ebb_json_put_string(&json, "seed", seed);
    if (from->kalick) {
        pairjson_kalick(&json, from->kalick);
    } else {
        pairjson_counted(&json, from);
    }
    ebb_json_end(&json, '}');
    ebb_text_puts(out, "\n");
    return out->failed;
}

/* --- table ------------------------------------------------------------------------ */

static void paircsv_amount(ebb_text_t *out, ebb_pair_amount_t amount)
{
    ebb_csv_next(out, amount.value);
    ebb_csv_next(out, amount.low);
    ebb_csv_next(out, amount.high);
}

static void paircsv_curve(ebb_text_t *out, const ebb_pair_census_t *census)
{
    ebb_text_puts(out, "above,cut,either,either_low,either_high,either_norm,"
                       "either_shuffled");
    for (size_t k = 0; k < EBB_PAIR_TYPES; k++) {
        ebb_text_printf(out, ",%s,%s (norm)", ebb_pair_type(k), ebb_pair_type(k));
    }
    ebb_text_puts(out, "\n");
    for (size_t k = 0; k < EBB_PAIR_CURVE; k++) {
        const ebb_pair_point_t *point = &census->curve[k];
        ebb_csv_number(out, point->above);
        ebb_csv_next(out, point->cut);
        paircsv_amount(out, point->either);
        ebb_csv_next(out, point->either_norm);
        ebb_csv_next(out, point->either_shuffled);
        for (size_t t = 0; t < EBB_PAIR_TYPES; t++) {
            ebb_csv_next(out, point->types[t].value);
            ebb_csv_next(out, point->types_norm[t]);
        }
        ebb_text_puts(out, "\n");
    }
}

static void paircsv_rows(ebb_text_t *out, const ebb_paired_t *from)
{
    ebb_text_puts(out, "without,either,either_low,either_high,either_shuffled,cross,"
                       "cross_low,cross_high,same_anxiety,same_anxiety_low,"
                       "same_anxiety_high,same_avoidance,same_avoidance_low,"
                       "same_avoidance_high,anxiety,anxiety_low,anxiety_high\n");
    for (size_t k = 0; k < from->row_count; k++) {
        const ebb_pair_census_t *census = &from->rows[k].census;
        const char *space = "";
        for (size_t m = 0; m < EBB_PAIR_MECHANISMS; m++) {
            if (from->rows[k].without >> m & 1) {
                ebb_text_printf(out, "%s%s", space, ebb_pair_mechanism(m));
                space = " ";
            }
        }
        paircsv_amount(out, census->at.either);
        ebb_csv_next(out, census->at.either_shuffled);
        paircsv_amount(out, census->cross);
        paircsv_amount(out, census->same_anxiety);
        paircsv_amount(out, census->same_avoidance);
        paircsv_amount(out, census->anxiety);
        ebb_text_puts(out, "\n");
    }
}

int ebb_paired_csv(ebb_text_t *out, const ebb_paired_t *from)
{
    if (from->kalick) {
        ebb_text_puts(out, "market,runs,r,low,high\n");
        for (size_t k = 0; k < EBB_PAIRED_KALICK; k++) {
            ebb_text_printf(out, "%s,%" PRIu32, pair_markets[k], from->kalick[k].runs);
            ebb_csv_next(out, from->kalick[k].r);
            ebb_csv_next(out, from->kalick[k].low);
            ebb_csv_next(out, from->kalick[k].high);
            ebb_text_puts(out, "\n");
        }
    } else if (from->row_count) {
        paircsv_rows(out, from);
    } else {
        paircsv_curve(out, from->census);
    }
    return out->failed;
}
