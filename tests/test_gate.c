/* SPDX-License-Identifier: MIT
 * The gate: every declared fact closes it, nothing else does; what is then said is the
 * same in every form, and holds no word of a cycle. */
#include "check.h"

#include <stdlib.h>

#include "ebb/safety.h"
#include "safety/gate.h"
#include "safety/help.h"
#include "scarce.h"

static const char *const no_words[] = {
    "cycle",        "loop",       "pursu",  "withdraw", "both",    "lever",
    "each other's", "communicat", "therap", "episode",  "couples", "try this",
};

static ebb_text_t written(ebb_facts_t facts, ebb_gate_form_t form, const char *scenario,
                          const char *country)
{
    ebb_text_t text = {0};
    const ebb_gate_opts_t opts = {
        .form = form, .scenario = scenario, .country = country};
    CHECK(ebb_gate_write(&text, facts, &opts) == EBB_OK);
    CHECK(text.length > 0 && text.data[text.length - 1] == '\n');
    return text;
}

static void test_facts(void)
{
    CHECK(!ebb_gate_closed(0));
    for (int i = 0; i < EBB_FACT_COUNT; i++) {
        ebb_fact_t fact = EBB_FACT_COUNT;
        const char *word = ebb_fact_word((ebb_fact_t)i);
        CHECK(ebb_fact_of(word, &fact) && fact == (ebb_fact_t)i);
        CHECK(strstr(ebb_fact_words(), word) != NULL);
        CHECK(ebb_gate_closed(1u << i));
    }
    CHECK(ebb_gate_closed(1u << 31)); /* of a list longer than this one */
    CHECK_STRING(ebb_fact_word(EBB_FACT_COUNT), "");
}

static void test_unknown(void)
{
    static const char *const words[] = {"",      "Fear",         "fears",
                                        "fear ", "fear,threats", "jealousy"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        ebb_fact_t fact = EBB_FACT_COUNT;
        CHECK(!ebb_fact_of(words[i], &fact) && fact == EBB_FACT_COUNT);
    }
}

/* Sentences of the facts that were declared, and of no others; all forms say all. */
static void test_sentences(void)
{
    for (int form = EBB_GATE_TEXT; form <= EBB_GATE_HTML; form++) {
        for (int i = 0; i < EBB_FACT_COUNT; i++) {
            ebb_text_t one = written(1u << i, (ebb_gate_form_t)form, NULL, NULL);
            ebb_text_t all = written((1u << EBB_FACT_COUNT) - 1, (ebb_gate_form_t)form,
                                     "story", NULL);
            CHECK(strstr(all.data, "story") != NULL || form == EBB_GATE_CSV);
            CHECK(one.length < all.length);
            CHECK((strstr(one.data, "is afraid of the other.") != NULL) ==
                  (i == EBB_FACT_FEAR));
            CHECK(strstr(all.data, "is afraid of the other.") != NULL);
            CHECK(strstr(one.data, "local emergency number") != NULL);
            CHECK(strstr(one.data, "not advised") != NULL);
            CHECK(strstr(one.data, "gate.") == NULL &&
                  strchr(one.data, '\033') == NULL);
            ebb_text_free(&one);
            ebb_text_free(&all);
        }
    }
}

static void lower(char *text)
{
    for (; *text; text++) {
        *text = (char)(*text >= 'A' && *text <= 'Z' ? *text - 'A' + 'a' : *text);
    }
}

static void test_no_words(void)
{
    for (int form = EBB_GATE_TEXT; form <= EBB_GATE_HTML; form++) {
        ebb_text_t text =
            written((1u << EBB_FACT_COUNT) - 1, (ebb_gate_form_t)form, "story", "DE");
        lower(text.data);
        for (size_t i = 0; i < sizeof no_words / sizeof *no_words; i++) {
            check_one(strstr(text.data, no_words[i]) == NULL, no_words[i], __FILE__,
                      form);
        }
        ebb_text_free(&text);
    }
}

/* A number only where the table knows it. */
static void test_numbers(void)
{
    static const char *const countries[] = {"DE", "US", "XX", NULL};
    for (size_t i = 0; i < sizeof countries / sizeof *countries; i++) {
        ebb_text_t text = written(1, EBB_GATE_TEXT, NULL, countries[i]);
        const char *number = countries[i] ? ebb_help_emergency(countries[i]) : NULL;
        CHECK((strpbrk(text.data, "0123456789") != NULL) == (number != NULL));
        CHECK(!number || strstr(text.data, number) != NULL);
        ebb_text_free(&text);
    }
}

/* What is counted stands in every form, as it was given. */
static void test_counts(void)
{
    for (int form = EBB_GATE_TEXT; form <= EBB_GATE_HTML; form++) {
        const ebb_gate_opts_t opts = {.form = (ebb_gate_form_t)form,
                                      .counts = "Messages: 7."};
        ebb_text_t text = {0};
        CHECK(ebb_gate_write(&text, 1, &opts) == EBB_OK);
        CHECK(strstr(text.data, "Messages: 7.") != NULL);
        ebb_text_free(&text);
        text = written(1, (ebb_gate_form_t)form, NULL, NULL);
        CHECK(strstr(text.data, "Messages") == NULL);
        ebb_text_free(&text);
    }
}

static void test_width(void)
{
    for (int width = 40; width <= 120; width += 20) {
        ebb_text_t text = {0};
        const ebb_gate_opts_t opts = {.width = width};
        CHECK(ebb_gate_write(&text, 0x7f, &opts) == EBB_OK);
        for (const char *line = text.data; line && *line;) {
            size_t length = strcspn(line, "\n");
            CHECK(length <= (size_t)width);
            line += length + (line[length] != '\0');
        }
        ebb_text_free(&text);
    }
}

/* Fails each allocation once: an error and no leak, until there is enough. */
static void test_memory(void)
{
    for (int form = EBB_GATE_TEXT; form <= EBB_GATE_HTML; form++) {
        int allowed = 0, code = EBB_ERR_MEMORY;
        for (; allowed < 10000 && code; allowed++) {
            scarce_t scarce = {.left = allowed};
            const ebb_alloc_t alloc = {scarce_resize, &scarce};
            const ebb_gate_opts_t opts = {.form = (ebb_gate_form_t)form};
            ebb_text_t text;
            ebb_text_init(&text, &alloc);
            code = ebb_gate_write(&text, 0x7f, &opts);
            CHECK(code == EBB_OK || code == EBB_ERR_MEMORY);
            ebb_text_free(&text);
            CHECK(scarce.held == 0);
        }
        CHECK(code == EBB_OK && allowed > 2);
    }
}

int main(void)
{
    test_facts();
    test_unknown();
    test_sentences();
    test_no_words();
    test_numbers();
    test_counts();
    test_width();
    test_memory();
    return check_report(__FILE__);
}
