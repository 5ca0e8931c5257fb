/* SPDX-License-Identifier: MIT
 * ebb formats: what ebb reads and how to get it out of the app. */
#include "ebb/messages.h"
#include "list.h"
#include "output.h"

#include <string.h>

static const option_spec_t formats_options[] = {{0}};

static const example_t formats_examples[] = {
    {"ebb formats", "All that ebb reads, with the steps in each app."},
    {0},
};

#define FORMATS_WIDTH 79
#define FORMATS_INDENT 16

/* One paragraph, wrapped; the cursor stands at column FORMATS_INDENT. */
static void put_paragraph(ebb_text_t *out, const char *text, size_t length)
{
    size_t at = FORMATS_INDENT;
    for (const char *end = text + length; text < end;) {
        size_t word = strcspn(text, " \n");
        if (at > FORMATS_INDENT && at + 1 + word > FORMATS_WIDTH) {
            ebb_text_printf(out, "\n%*s", FORMATS_INDENT, "");
            at = FORMATS_INDENT;
        } else if (at > FORMATS_INDENT) {
            ebb_text_puts(out, " ");
            at++;
        }
        ebb_text_append(out, text, word);
        at += word;
        text += word + 1;
    }
    ebb_text_puts(out, "\n");
}

/* A label at the margin and text beside it; several steps get a dash each. */
static void put_field(ebb_text_t *out, const char *label, const char *text)
{
    bool steps = strchr(text, '\n') != NULL;
    while (*text) {
        size_t length = strcspn(text, "\n");
        ebb_text_printf(out, "  %-*s%s", FORMATS_INDENT - (steps ? 4 : 2), label,
                        steps ? "- " : "");
        put_paragraph(out, text, length);
        text += length + (text[length] != '\0');
        label = "";
    }
}

static exit_status_t print_formats(void)
{
    ebb_text_t text = {0};
    size_t count;
    const ebb_format_info_t *formats = ebb_formats(&count);
    for (size_t i = 0; i < count; i++) {
        const ebb_format_info_t *f = &formats[i];
        ebb_text_printf(&text, "%s%s (%s)\n", i ? "\n" : "", f->title, f->name);
        put_field(&text, "reads", f->reads);
        put_field(&text, "getting it", f->get_it);
        put_field(&text, "not in it", f->leaves_out);
    }
    return output_text(NULL, &text);
}

static exit_status_t run_formats(const command_t *self, int argc, char **argv)
{
    string_list_t none = {0};
    int status = options_parse(self, NULL, &none, argc, argv);
    return status == OPTIONS_READ ? print_formats() : status;
}

const command_t command_formats = {
    .name = "formats",
    .summary = "What ebb reads, and how to get it out of the app",
    .operands = "",
    .about = "Lists the formats ebb reads, what of each it reads, the steps to get an "
             "export out of the app, and what the export leaves out.",
    .options = formats_options,
    .examples = formats_examples,
    .run = run_formats,
};
