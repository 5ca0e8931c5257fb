/* SPDX-License-Identifier: MIT
 * A whole system out of a file. */
#include "lang/build.h"

static void build_head(ebb_build_t *build)
{
    const ebb_syntax_t *syntax = build->syntax;
    ebb_reading_t *reading = build->reading;
    const ebb_where_t start = {0, 1, 1, 0};
    if (!syntax->has_model && reading->errors == 0) {
        ebb_wrong(reading, start, "there is no model in this file");
        ebb_mend(reading, "a model begins with: model NAME \"sentence\"");
    } else if (syntax->name != EBB_NONE && syntax->time_where.line == 0) {
        ebb_wrong(reading, syntax->name_where,
                  "the model does not say its unit of time");
        ebb_mend(reading, "add, for example: time day");
    }
    if (syntax->has_model && build->declaration_count == 0 && reading->errors == 0) {
        ebb_wrong(reading, syntax->name_where, "a model of nothing: it has no state");
    }
}

void ebb_build_system(ebb_build_t *build, const ebb_syntax_t *syntax,
                      ebb_system_t *system)
{
    ebb_reading_t *reading = syntax->reading;
    *build = (ebb_build_t){.reading = reading, .syntax = syntax, .system = system};
    *system = (ebb_system_t){
        .text = syntax->text, .source = syntax->source, .lasts = EBB_NONE};
    build->declarations = syntax->declarations.items;
    build->declaration_count = syntax->declarations.count;
    build->code = syntax->code;
    build->graph = &system->graph;
    ebb_graph_init(&system->graph, reading->alloc, EBB_LANG_NODES_MOST);
    system->name = ebb_name(reading, syntax->name);
    system->time_unit = ebb_name(reading, syntax->time);
    build_head(build);
    ebb_build_declarations(build);
    if (!reading->failed) {
        ebb_build_lets(build);
    }
    if (!reading->failed) {
        ebb_build_equations(build);
    }
    if (!reading->failed) {
        ebb_build_lasts(build);
        ebb_build_shown(build);
    }
    if (!reading->failed && reading->errors > 0) {
        ebb_build_scenarios(build); /* they are read in full once it is right */
    }
    if (system->graph.failed == EBB_ERR_LIMIT && !reading->failed) {
        ebb_reading_limit(reading, syntax->name_where,
                          "the model's formulas have more than %u nodes",
                          EBB_LANG_NODES_MOST);
    }
    if (system->graph.failed) {
        ebb_reading_fail(reading, system->graph.failed);
    }
}

void ebb_build_free(ebb_build_t *build)
{
    if (build->reading) {
        ebb_list_free(&build->stack, build->reading->alloc, sizeof(ebb_value_t));
    }
    *build = (ebb_build_t){0};
}
