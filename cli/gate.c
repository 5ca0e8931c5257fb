/* SPDX-License-Identifier: MIT
 * Asking the gate, and writing its words where a result would have gone. */
#include "gate.h"

#include <string.h>
#include <unistd.h>

#include "ebb/nearest.h"
#include "output.h"
#include "screen.h"
#include "talk.h"

static bool gate_is_stdout(const char *path)
{
    return !path || strcmp(path, "-") == 0;
}

static exit_status_t gate_put(const gate_question_t *q, ebb_gate_form_t form,
                              const char *path)
{
    bool to_stdout = gate_is_stdout(path);
    const ebb_gate_opts_t opts = {
        .form = form,
        .scenario = q->scenario,
        .counts = q->counts,
        .country = q->country,
        .width = q->width    ? q->width
                 : to_stdout ? screen_width(STDOUT_FILENO)
                             : 0,
        .colour = to_stdout && screen_has_colour(STDOUT_FILENO),
    };
    ebb_text_t text = {0};
    if (ebb_gate_write(&text, q->facts, &opts)) {
        ebb_text_free(&text);
        return talk_no_memory();
    }
    return output_text(path, &text);
}

static ebb_gate_form_t gate_form(const char *format)
{
    return format && strcmp(format, "json") == 0  ? EBB_GATE_JSON
           : format && strcmp(format, "csv") == 0 ? EBB_GATE_CSV
                                                  : EBB_GATE_TEXT;
}

int gate_ask(const gate_question_t *q)
{
    if (!ebb_gate_closed(q->facts)) {
        return OPTIONS_READ;
    }
    exit_status_t status = EXIT_OK;
    if (q->output || !q->html || !gate_is_stdout(q->html)) {
        status = gate_put(q, gate_form(q->format), q->output);
    }
    if (q->html) { /* also when the other failed: its place may be another */
        exit_status_t page = gate_put(q, EBB_GATE_HTML, q->html);
        status = status == EXIT_OK ? page : status;
    }
    return status;
}

/* --- what the command line declares ----------------------------------------------- */

static exit_status_t gate_no_fact(const command_t *command, const char *word)
{
    ebb_nearest_t near = {.typed = word};
    for (int i = 0; i < EBB_FACT_COUNT; i++) {
        ebb_nearest_consider(&near, ebb_fact_word((ebb_fact_t)i));
    }
    return near.best
               ? usage_error(command,
                             "--facts: there is no '%s'; did you mean '%s'? They are: "
                             "%s",
                             word, near.best, ebb_fact_words())
               : usage_error(command, "--facts: there is no '%s'; they are: %s", word,
                             ebb_fact_words());
}

static exit_status_t gate_read_list(const command_t *command, const char *list,
                                    ebb_facts_t *facts)
{
    for (const char *at = list;; at++) {
        char word[32] = "";
        ebb_fact_t fact;
        size_t length = strcspn(at, ",");
        memcpy(word, at, length < sizeof word ? length : sizeof word - 1);
        if (!ebb_fact_of(word, &fact)) {
            return gate_no_fact(command, word);
        }
        *facts |= 1u << fact;
        at += length;
        if (!*at) {
            return EXIT_OK;
        }
    }
}

exit_status_t gate_read_facts(const command_t *command, const string_list_t *arguments,
                              ebb_facts_t *facts)
{
    exit_status_t status = EXIT_OK;
    for (size_t i = 0; i < arguments->count && status == EXIT_OK; i++) {
        status = gate_read_list(command, arguments->items[i], facts);
    }
    return status;
}
