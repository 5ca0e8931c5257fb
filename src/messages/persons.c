/* SPDX-License-Identifier: MIT
 *
 * Persons: names as exports spell them, and which two of them the history is about.
 *
 * A name is cleaned once, when it is first seen: invisible marks go, unusual spaces and
 * hyphens become plain ones, so that what a person types on a keyboard matches.
 */
#include <stdio.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "core/memory.h"
#include "messages/history.h"

/* What a code point of a name becomes: itself (NULL), or a replacement. */
static const char *plain_form(const char *p, size_t length)
{
    static const struct {
        const char *from, *to;
    } table[] = {
        {"\xE2\x80\x8E", ""}, /* U+200E left-to-right mark */
        {"\xE2\x80\x8F", ""}, /* U+200F right-to-left mark */
        {"\xE2\x80\xAA", ""}, /* U+202A..U+202E embeddings */
        {"\xE2\x80\xAB", ""},  {"\xE2\x80\xAC", ""}, {"\xE2\x80\xAD", ""},
        {"\xE2\x80\xAE", ""},  {"\xE2\x81\xA6", ""}, /* U+2066..U+2069 isolates */
        {"\xE2\x81\xA7", ""},  {"\xE2\x81\xA8", ""}, {"\xE2\x81\xA9", ""},
        {"\xD8\x9C", ""},      /* U+061C Arabic letter mark */
        {"\xEF\xBB\xBF", ""},  /* U+FEFF byte order mark */
        {"\xC2\xA0", " "},     /* U+00A0 no-break space */
        {"\xE2\x80\xAF", " "}, /* U+202F narrow no-break space */
        {"\xE2\x80\x89", " "}, /* U+2009 thin space */
        {"\xE2\x80\x91", "-"}, /* U+2011 no-break hyphen */
    };
    const unsigned char *byte = (const unsigned char *)p;
    bool c0 = length == 1 && (*byte < 0x20 || *byte == 0x7F);
    if (c0 || (length == 2 && byte[0] == 0xC2 && byte[1] < 0xA0)) {
        return " "; /* control characters would speak to a terminal */
    }
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (length == strlen(table[i].from) && memcmp(p, table[i].from, length) == 0) {
            return table[i].to;
        }
    }
    return NULL;
}

size_t ebb_name_clean(char out[EBB_NAME_MAX], const char *name, size_t length)
{
    size_t used = 0;
    for (size_t i = 0; i < length;) {
        int n = ebb_utf8_length(name + i, length - i);
        const char *to = n == 0 ? "\xEF\xBF\xBD" : plain_form(name + i, (size_t)n);
        const char *from = to ? to : name + i;
        size_t size = to ? strlen(to) : (size_t)n;
        bool outer_space = used == 0 && size > 0 && *from == ' ';
        if (used + size >= EBB_NAME_MAX) {
            break;
        }
        if (!outer_space) {
            memcpy(out + used, from, size);
            used += size;
        }
        i += n ? (size_t)n : 1;
    }
    while (used > 0 && out[used - 1] == ' ') {
        used--;
    }
    out[used] = '\0';
    return used;
}

bool ebb_names_match(const char *a, const char *b)
{
    char first[EBB_NAME_MAX], second[EBB_NAME_MAX];
    (void)ebb_name_clean(first, a, strlen(a));
    (void)ebb_name_clean(second, b, strlen(b));
    return strcmp(first, second) == 0;
}

static bool is_called(const char *given, const char *cleaned)
{
    char name[EBB_NAME_MAX];
    if (!given) {
        return false;
    }
    (void)ebb_name_clean(name, given, strlen(given));
    return strcmp(name, cleaned) == 0;
}

/* The name after aliases; "You" is the exporting person where that one is known. */
static void apply_aliases(ebb_import_t *import, char name[EBB_NAME_MAX])
{
    const ebb_import_opts_t *opts = &import->opts;
    for (size_t i = 0; i < opts->alias_count; i++) {
        if (is_called(opts->aliases[i].from, name)) {
            const char *to = opts->aliases[i].to;
            import->aliases_met |= i < 64 ? UINT64_C(1) << i : 0;
            (void)ebb_name_clean(name, to, strlen(to));
            return;
        }
    }
    if (opts->me && strcmp(name, "You") == 0) {
        (void)ebb_name_clean(name, opts->me, strlen(opts->me));
    }
}

static int find_exact(const ebb_import_t *import, const char *name)
{
    for (size_t i = 0; i < import->person_count; i++) {
        if (strcmp(import->persons[i].name, name) == 0) {
            return (int)i;
        }
    }
    return -1;
}

static int new_person(ebb_import_t *import, const char *name, size_t length)
{
    if (import->person_count >= EBB_PERSONS_MAX) {
        return EBB_ERR_LIMIT;
    }
    void *persons = import->persons;
    if (ebb_grow(import->alloc, &persons, &import->person_capacity,
                 import->person_count + 1, sizeof *import->persons)) {
        return EBB_ERR_MEMORY;
    }
    import->persons = persons;
    ebb_person_t person = {.size = length + 1};
    person.name = ebb_new_array(import->alloc, person.size, 1);
    if (!person.name) {
        return EBB_ERR_MEMORY;
    }
    memcpy(person.name, name, length);
    import->persons[import->person_count] = person;
    return (int)import->person_count++;
}

int ebb_import_person(ebb_import_t *import, const char *name, size_t length)
{
    char clean[EBB_NAME_MAX];
    (void)ebb_name_clean(clean, name, length);
    apply_aliases(import, clean);
    if (clean[0] == '\0') {
        memcpy(clean, "(no name)", 10); /* nothing but marks: still somebody */
    }
    int found = find_exact(import, clean);
    return found >= 0 ? found : new_person(import, clean, strlen(clean));
}

void ebb_persons_forget(ebb_import_t *import, size_t from)
{
    for (size_t i = from; i < import->person_count; i++) {
        ebb_free_array(import->alloc, import->persons[i].name, import->persons[i].size,
                       1);
    }
    import->person_count = from;
}

int ebb_pair_check(const ebb_import_opts_t *opts, ebb_error_t *error)
{
    const char *a = opts->between[0], *b = opts->between[1];
    if (!a != !b) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "`between` takes two names");
    }
    if (a && strcmp(a, b) == 0) {
        return ebb_fail(error, EBB_ERR_ARGUMENT,
                        "`between` names the same person twice");
    }
    if (opts->me && opts->partner && strcmp(opts->me, opts->partner) == 0) {
        return ebb_fail(error, EBB_ERR_ARGUMENT, "`me` and `partner` are the same");
    }
    const char *named[2] = {opts->me, opts->partner};
    for (int i = 0; a && i < 2; i++) {
        if (named[i] && strcmp(named[i], a) != 0 && strcmp(named[i], b) != 0) {
            return ebb_fail(error, EBB_ERR_ARGUMENT,
                            "`%s` is neither of the two that `between` names",
                            i ? "partner" : "me");
        }
    }
    return EBB_OK;
}

/* Whether two cleaned names differ in capital and small letters at most. */
bool ebb_names_alike(const char *a, const char *b)
{
    const uint8_t *x = (const uint8_t *)a, *y = (const uint8_t *)b;
    int32_t i = 0, k = 0;
    UChar32 c, d;
    do { /* the NUL at the end is a character as well */
        U8_NEXT(x, i, -1, c);
        U8_NEXT(y, k, -1, d);
        if (u_foldCase(c, U_FOLD_CASE_DEFAULT) != u_foldCase(d, U_FOLD_CASE_DEFAULT)) {
            return false;
        }
    } while (c != 0);
    return true;
}

/* The only person called so in letters of any case; -1 if none, or several are. */
static int find_alike(const ebb_import_t *import, const char *name, const char *unsaved)
{
    int found = -1, count = 0;
    for (size_t i = 0; i < import->person_count; i++) {
        const char *known = import->persons[i].name;
        if (ebb_names_alike(known, name) || ebb_names_alike(known, unsaved)) {
            found = (int)i;
            count++;
        }
    }
    return count == 1 ? found : -1;
}

/* The person a choice names: as it stands, as a contact nobody saved ("~ Name"), or but
 * for capitals. */
static int find_named(const ebb_import_t *import, const char *given)
{
    char name[EBB_NAME_MAX + 2] = "~ ";
    (void)ebb_name_clean(name + 2, given, strlen(given));
    int found = find_exact(import, name + 2);
    found = found >= 0 ? found : find_exact(import, name);
    return found >= 0 ? found : find_alike(import, name + 2, name);
}

/* Counts everybody's events; returns the person who wrote first, -1 if nobody did. */
static int count_events(ebb_import_t *import)
{
    bool by_instant = ebb_events_have_instants(import->events, import->count);
    uint64_t counts[EBB_PERSON_NONE + 1] = {0};
    int64_t earliest = INT64_MAX;
    int first = -1;
    for (size_t i = 0; i < import->count; i++) {
        const ebb_event_t *event = &import->events[i];
        counts[event->person]++;
        int64_t time = ebb_event_time(event, by_instant);
        if (time < earliest && event->person != EBB_PERSON_NONE) {
            earliest = time;
            first = event->person;
        }
    }
    for (size_t i = 0; i < import->person_count; i++) {
        import->persons[i].events = counts[i];
    }
    return first;
}

/* "Ann (3,012), Ben (2,990)", most first, as many as fit. */
static void list_persons(const ebb_import_t *import, ebb_text_t *text)
{
    bool listed[EBB_PERSONS_MAX] = {false};
    for (size_t n = 0; n < import->person_count && n < 12; n++) {
        size_t best = import->person_count;
        for (size_t i = 0; i < import->person_count; i++) {
            bool more = best == import->person_count ||
                        import->persons[i].events > import->persons[best].events;
            if (!listed[i] && import->persons[i].events > 0 && more) {
                best = i;
            }
        }
        if (best == import->person_count) {
            return;
        }
        listed[best] = true;
        ebb_text_printf(text, "%s%s (%llu)", n ? ", " : "", import->persons[best].name,
                        (unsigned long long)import->persons[best].events);
    }
}

static int fail_persons(const ebb_import_t *import, int code, const char *why,
                        ebb_error_t *error)
{
    ebb_text_t text;
    ebb_text_init(&text, import->alloc);
    list_persons(import, &text);
    if (text.failed) {
        ebb_text_free(&text);
        return ebb_fail(error, EBB_ERR_MEMORY, "no memory to list the persons");
    }
    (void)ebb_fail(error, code, "%s; persons and their messages: %s", why,
                   text.data ? text.data : "none");
    ebb_text_free(&text);
    return code;
}

static int fail_choice(const ebb_import_t *import, const char *why, ebb_error_t *error)
{
    return fail_persons(import, EBB_ERR_CHOICE, why, error);
}

/* A name that was given and that nobody has. */
static int fail_stranger(const ebb_import_t *import, const char *given,
                         ebb_error_t *error)
{
    char why[EBB_NAME_MAX + 32], name[EBB_NAME_MAX];
    (void)ebb_name_clean(name, given, strlen(given));
    (void)snprintf(why, sizeof why, "nobody called '%s' writes here", name);
    return fail_choice(import, why, error);
}

/* The one person with messages who is not `taken`; -1 if none, -2 if several. */
static int only_other(const ebb_import_t *import, int taken)
{
    int found = -1;
    for (size_t i = 0; i < import->person_count; i++) {
        if ((int)i != taken && import->persons[i].events > 0) {
            if (found >= 0) {
                return -2;
            }
            found = (int)i;
        }
    }
    return found;
}

/* No choice of names can help. */
static int fail_lonely(const ebb_import_t *import, ebb_error_t *error)
{
    return fail_persons(import, EBB_ERR_INPUT,
                        "fewer than two persons write here; give the export of the "
                        "whole chat, or the other one's file as well",
                        error);
}

/* The person a file that ebb wrote says is A (0) or B (1), by a letter beside the name
 * or in its place; -1 where none does. */
static int find_lettered(const ebb_import_t *import, int letter)
{
    int lettered = import->told.lettered[letter];
    return lettered != 0 ? lettered - 1 : find_exact(import, letter ? "B" : "A");
}

/* Whether these two are the A and B of a file that ebb wrote, the wrong way round. */
static bool is_swapped(const ebb_import_t *import, const ebb_pair_t *pair)
{
    return find_lettered(import, 0) == pair->b && find_lettered(import, 1) == pair->a;
}

/* Without any name given: the two who write, the first to write is A. */
static int choose_unnamed(const ebb_import_t *import, int first, ebb_pair_t *pair,
                          ebb_error_t *error)
{
    pair->a = first;
    pair->b = only_other(import, pair->a);
    if (pair->b == -2) {
        return fail_choice(import, "more than two persons write here: name the two",
                           error);
    }
    if (pair->b < 0) {
        return fail_lonely(import, error);
    }
    if (is_swapped(import, pair)) {
        *pair = (ebb_pair_t){pair->b, pair->a};
    }
    return EBB_OK;
}

/* One name given: `chosen` is that person, `other` becomes the one beside them. */
static int choose_beside(const ebb_import_t *import, int chosen, int *other,
                         ebb_error_t *error)
{
    *other = only_other(import, chosen);
    if (*other == -2) {
        return fail_choice(import, "several others write here: name both persons",
                           error);
    }
    return *other < 0 ? fail_lonely(import, error) : EBB_OK;
}

/* A mistyped alias would leave one person split in two, and nobody would notice. */
static int check_aliases(const ebb_import_t *import, ebb_error_t *error)
{
    for (size_t i = 0; i < import->opts.alias_count && i < 64; i++) {
        if (!(import->aliases_met >> i & 1)) {
            return fail_stranger(import, import->opts.aliases[i].from, error);
        }
    }
    return EBB_OK;
}

int ebb_pair_choose(ebb_import_t *import, ebb_pair_t *pair, ebb_error_t *error)
{
    const ebb_import_opts_t *opts = &import->opts;
    const char *me = opts->between[0] ? opts->between[0] : opts->me;
    const char *partner = opts->between[1] ? opts->between[1] : opts->partner;
    if (!opts->between[1] && import->partner_named_chat && partner &&
        find_named(import, partner) < 0) {
        partner = NULL; /* it was the name of a chat and has done its work */
    }
    int first = count_events(import);
    if (check_aliases(import, error)) {
        return EBB_ERR_CHOICE;
    }
    *pair = (ebb_pair_t){-1, -1};
    if (me && (pair->a = find_named(import, me)) < 0) {
        return fail_stranger(import, me, error);
    }
    if (partner && (pair->b = find_named(import, partner)) < 0) {
        return fail_stranger(import, partner, error);
    }
    if (me && partner) {
        return pair->a != pair->b
                   ? EBB_OK
                   : fail_choice(import, "both names are the same person", error);
    }
    if (me) {
        return choose_beside(import, pair->a, &pair->b, error);
    }
    if (partner) {
        return choose_beside(import, pair->b, &pair->a, error);
    }
    return choose_unnamed(import, first, pair, error);
}

int ebb_pair_maker(const ebb_import_t *import, const ebb_pair_t *pair)
{
    bool told = import->source_count == 1 && import->told.maker;
    int maker = import->opts.me ? find_named(import, import->opts.me)
                : told          ? find_lettered(import, import->told.maker == 'B')
                                : -1;
    return maker < 0 ? 0 : maker == pair->a ? 1 : maker == pair->b ? 2 : 0;
}
