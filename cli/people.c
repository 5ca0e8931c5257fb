/* SPDX-License-Identifier: MIT
 * What the verbs on people share. */
#include "people.h"

#include <string.h>
#include <unistd.h>

#include "ebb/nearest.h"
#include "screen.h"
#include "talk.h"

static exit_status_t people_find(const command_t *self, const char *option,
                                 const char *name, const char *(*word)(size_t k),
                                 size_t *found)
{
    ebb_nearest_t near = {.typed = name};
    for (size_t k = 0; word(k); k++) {
        if (strcmp(word(k), name) == 0) {
            *found = k;
            return EXIT_OK;
        }
        ebb_nearest_consider(&near, word(k));
    }
    return near.best
               ? usage_error(self,
                             "--%s: there is no mechanism '%s'; did you mean "
                             "'%s'?",
                             option, name, near.best)
               : usage_error(self, "--%s: there is no mechanism '%s'", option, name);
}

exit_status_t people_without(const command_t *self, const people_values_t *values,
                             const char *(*word)(size_t k), unsigned *without)
{
    size_t at = 0;
    exit_status_t status = EXIT_OK;
    *without = 0;
    if (values->only) {
        status = people_find(self, "only", values->only, word, &at);
        for (size_t k = 0; word(k); k++) {
            *without |= k == at ? 0 : 1u << k;
        }
    }
    for (size_t i = 0; i < values->without.count && status == EXIT_OK; i++) {
        status = people_find(self, "without", values->without.items[i], word, &at);
        *without |= 1u << at;
    }
    return status;
}

static exit_status_t people_set_one(const command_t *self, const char *name,
                                    const char *equals, ebb_named_t (*number)(size_t k),
                                    void *numbers)
{
    char typed[64];
    double value;
    size_t length = (size_t)(equals - name);
    length = length < sizeof typed ? length : sizeof typed - 1;
    memcpy(typed, name, length);
    typed[length] = '\0';
    ebb_nearest_t near = {.typed = typed};
    for (size_t k = 0; number(k).name; k++) {
        ebb_named_t at = number(k);
        ebb_nearest_consider(&near, at.name);
        if (strcmp(at.name, typed) != 0) {
            continue;
        }
        if (!number_read(equals + 1, &value) || value < at.low || value > at.high) {
            return usage_error(self, "--set %s: it may be %g to %g", name, at.low,
                               at.high);
        }
        memcpy((char *)numbers + at.offset, &value, sizeof value);
        return EXIT_OK;
    }
    return near.best
               ? usage_error(self, "--set: there is no number '%s'; did you mean '%s'?",
                             typed, near.best)
               : usage_error(self, "--set: there is no number '%s'", typed);
}

exit_status_t people_set(const command_t *self, const people_values_t *values,
                         ebb_named_t (*number)(size_t k), void *numbers)
{
    exit_status_t status = EXIT_OK;
    for (size_t i = 0; i < values->set.count && status == EXIT_OK; i++) {
        const char *name = values->set.items[i], *equals = strchr(name, '=');
        status = equals ? people_set_one(self, name, equals, number, numbers)
                        : usage_error(self, "--set %s: say NAME=NUMBER", name);
    }
    return status;
}

ebb_picture_opts_t people_picture(const people_values_t *values)
{
    bool to_stdout = !values->output || strcmp(values->output, "-") == 0;
    bool colour = to_stdout && screen_has_colour(STDOUT_FILENO);
    return (ebb_picture_opts_t){.width = values->width ? values->width : 80,
                                .colour = colour,
                                .fine = colour && screen_has_utf8()};
}

bool people_wants(const people_values_t *values, const char *format)
{
    return strcmp(values->format ? values->format : "text", format) == 0;
}

exit_status_t people_write(const people_values_t *values, int code, ebb_text_t *text)
{
    if (code) {
        ebb_text_free(text);
        return talk_no_memory();
    }
    return output_text(values->output, text);
}
