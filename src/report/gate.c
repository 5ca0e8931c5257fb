/* SPDX-License-Identifier: MIT
 * The closed gate as text, document, table and page: the same sentences in each. */
#include "safety/gate.h"

#include "core/json.h"
#include "core/words.h"
#include "report/layout.h"

typedef struct gate_writer {
    ebb_text_t *out;
    const ebb_gate_opts_t *opts;
    ebb_gate_line_t lines[EBB_GATE_LINES_MOST];
    size_t count;
} gate_writer_t;

/* Appends the sentence of a line with its number filled in. */
static void gate_phrase(const gate_writer_t *w, ebb_text_t *out,
                        const ebb_gate_line_t *line)
{
    ebb_slots_t slots = {0};
    if (!line->key) {
        ebb_text_puts(out, line->text);
        return;
    }
    ebb_slot_set(&slots, "number", "%s", line->number ? line->number : "");
    ebb_phrase(out, w->opts->language, line->key, &slots);
}

/* A text of one sentence, to be released; its `failed` is handed on to the result. */
static ebb_text_t gate_sentence(const gate_writer_t *w, const ebb_gate_line_t *line)
{
    ebb_text_t text;
    ebb_text_init(&text, w->out->_alloc);
    gate_phrase(w, &text, line);
    w->out->failed = text.failed ? text.failed : w->out->failed;
    return text;
}

/* Above the facts that were declared. */
static void gate_declared(const gate_writer_t *w, ebb_text_t *out)
{
    ebb_slots_t slots = {0};
    ebb_slot_set(&slots, "name", "%s", w->opts->scenario ? w->opts->scenario : "");
    ebb_phrase(out, w->opts->language,
               w->opts->scenario ? "gate.declared.scenario" : "gate.declared", &slots);
}

/* --- text ------------------------------------------------------------------------- */

static void gate_put_heading(const gate_writer_t *w, const ebb_layout_t *layout,
                             ebb_gate_kind_t kind)
{
    ebb_text_t words;
    ebb_text_init(&words, w->out->_alloc);
    if (kind == EBB_GATE_FACT) {
        gate_declared(w, &words);
    } else {
        ebb_text_puts(&words, ebb_word(w->opts->language, "gate.turn"));
    }
    w->out->failed = words.failed ? words.failed : w->out->failed;
    if (words.data) {
        ebb_text_puts(&words, ":");
        ebb_put_lines(layout, STYLE_BOLD, "", words.data);
    }
    ebb_text_free(&words);
}

static void gate_text(const gate_writer_t *w)
{
    const ebb_layout_t layout = {w->out, ebb_layout_width(w->opts->width),
                                 w->opts->colour, w->opts->language};
    ebb_gate_kind_t before = EBB_GATE_TITLE;
    for (size_t i = 0; i < w->count; i++) {
        ebb_gate_kind_t kind = w->lines[i].kind;
        bool listed = kind == EBB_GATE_FACT || kind == EBB_GATE_HELP;
        if (i > 0 && (kind != before || !listed)) {
            ebb_put_blank(&layout);
        }
        if (kind != before && listed) {
            gate_put_heading(w, &layout, kind);
        }
        ebb_text_t sentence = gate_sentence(w, &w->lines[i]);
        ebb_put_lines(&layout, kind == EBB_GATE_TITLE ? STYLE_BOLD : STYLE_PLAIN,
                      listed ? "  - " : "", sentence.data ? sentence.data : "");
        ebb_text_free(&sentence);
        before = kind;
    }
}

/* --- document --------------------------------------------------------------------- */

static void gate_json_fact(const gate_writer_t *w, ebb_json_t *json,
                           const ebb_gate_line_t *line)
{
    ebb_text_t sentence = gate_sentence(w, line);
    ebb_json_begin(json, '{');
    ebb_json_put_string(json, "fact", ebb_fact_word(line->fact));
    ebb_json_put_string(json, "text", sentence.data);
    ebb_json_end(json, '}');
    ebb_text_free(&sentence);
}

static void gate_json_facts(const gate_writer_t *w, ebb_json_t *json)
{
    ebb_json_key(json, "facts");
    ebb_json_begin(json, '[');
    for (size_t i = 0; i < w->count; i++) {
        if (w->lines[i].kind == EBB_GATE_FACT) {
            gate_json_fact(w, json, &w->lines[i]);
        }
    }
    ebb_json_end(json, ']');
}

static void gate_json_kind(const gate_writer_t *w, ebb_json_t *json,
                           ebb_gate_kind_t kind)
{
    ebb_json_key(json, ebb_gate_kind_word(kind));
    ebb_json_begin(json, '[');
    for (size_t i = 0; i < w->count; i++) {
        if (w->lines[i].kind == kind) {
            ebb_text_t sentence = gate_sentence(w, &w->lines[i]);
            ebb_json_string(json, sentence.data);
            ebb_text_free(&sentence);
        }
    }
    ebb_json_end(json, ']');
}

static void gate_json(const gate_writer_t *w)
{
    ebb_json_t json = {.out = w->out};
    ebb_json_begin(&json, '{');
    ebb_json_put_string(&json, "schema", "ebb/safety");
    ebb_json_put_count(&json, "version", 1);
    ebb_json_put_string(&json, "language",
                        w->opts->language ? w->opts->language : "en");
    ebb_json_put_string(&json, "scenario", w->opts->scenario);
    gate_json_facts(w, &json);
    gate_json_kind(w, &json, EBB_GATE_WORDS);
    gate_json_kind(w, &json, EBB_GATE_HELP);
    gate_json_kind(w, &json, EBB_GATE_COUNTS);
    ebb_json_end(&json, '}');
    ebb_text_puts(w->out, "\n");
}

/* --- table ------------------------------------------------------------------------ */

static void gate_csv(const gate_writer_t *w)
{
    ebb_text_puts(w->out, "kind,text\n");
    for (size_t i = 0; i < w->count; i++) {
        ebb_text_t sentence = gate_sentence(w, &w->lines[i]);
        ebb_text_printf(w->out, "%s,\"", ebb_gate_kind_word(w->lines[i].kind));
        for (const char *c = sentence.data ? sentence.data : ""; *c; c++) {
            ebb_text_append(w->out, *c == '"' ? "\"\"" : c, *c == '"' ? 2 : 1);
        }
        ebb_text_puts(w->out, "\"\n");
        ebb_text_free(&sentence);
    }
}

/* --- page ------------------------------------------------------------------------- */

static void gate_put_html(ebb_text_t *out, const char *text)
{
    for (; *text; text++) {
        switch (*text) {
        case '&':
            ebb_text_puts(out, "&amp;");
            break;
        case '<':
            ebb_text_puts(out, "&lt;");
            break;
        case '>':
            ebb_text_puts(out, "&gt;");
            break;
        default:
            ebb_text_append(out, text, 1);
        }
    }
}

/* A sentence inside an element. */
static void gate_put_element(const gate_writer_t *w, const char *element,
                             const ebb_gate_line_t *line)
{
    ebb_text_t sentence = gate_sentence(w, line);
    ebb_text_printf(w->out, "<%s>", element);
    gate_put_html(w->out, sentence.data ? sentence.data : "");
    ebb_text_printf(w->out, "</%s>\n", element);
    ebb_text_free(&sentence);
}

static void gate_html_list(const gate_writer_t *w, ebb_gate_kind_t kind)
{
    ebb_text_puts(w->out, "<h2>");
    if (kind == EBB_GATE_FACT) {
        gate_declared(w, w->out); /* a name of the language holds no markup */
    } else {
        gate_put_html(w->out, ebb_word(w->opts->language, "gate.turn"));
    }
    ebb_text_puts(w->out, "</h2>\n<ul>\n");
    for (size_t i = 0; i < w->count; i++) {
        if (w->lines[i].kind == kind) {
            gate_put_element(w, "li", &w->lines[i]);
        }
    }
    ebb_text_puts(w->out, "</ul>\n");
}

static void gate_html_words(const gate_writer_t *w, ebb_gate_kind_t kind)
{
    for (size_t i = 0; i < w->count; i++) {
        if (w->lines[i].kind == kind) {
            gate_put_element(w, "p", &w->lines[i]);
        }
    }
}

static void gate_html(const gate_writer_t *w)
{
    static const ebb_gate_line_t title = {.kind = EBB_GATE_TITLE, .key = "gate.title"};
    ebb_text_printf(
        w->out,
        "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n",
        w->opts->language ? w->opts->language : "en");
    gate_put_element(w, "title", &title);
    ebb_text_puts(w->out, "<style>:root{color-scheme:light dark}body{max-width:38rem;"
                          "margin:2rem auto;padding:0 1rem;font:1.1rem/1.5 sans-serif}"
                          "h1{font-size:1.5rem}h2{font-size:1.1rem}</style>\n"
                          "</head>\n<body>\n<main>\n");
    gate_put_element(w, "h1", &title);
    gate_html_list(w, EBB_GATE_FACT);
    gate_html_words(w, EBB_GATE_WORDS);
    gate_html_list(w, EBB_GATE_HELP);
    gate_html_words(w, EBB_GATE_COUNTS);
    ebb_text_puts(w->out, "</main>\n</body>\n</html>\n");
}

int ebb_gate_write(ebb_text_t *out, ebb_facts_t facts, const ebb_gate_opts_t *opts)
{
    static const ebb_gate_opts_t defaults = {0};
    static void (*const forms[])(const gate_writer_t *) = {
        [EBB_GATE_TEXT] = gate_text,
        [EBB_GATE_JSON] = gate_json,
        [EBB_GATE_CSV] = gate_csv,
        [EBB_GATE_HTML] = gate_html,
    };
    gate_writer_t w = {.out = out, .opts = opts ? opts : &defaults};
    w.count = ebb_gate_lines(facts, w.opts, w.lines);
    forms[w.opts->form](&w);
    return out->failed;
}
