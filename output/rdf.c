#include "rdf.h"

Status rdf_write(const Sink *sink, Graph *graph, Syntax syntax, const RdfWriteOptions *options,
                 const Report *to)
{
  switch (syntax) {
  case SYNTAX_TURTLE:
    return turtle_write(sink, graph, false, options, to);
  case SYNTAX_TRIG:
    return turtle_write(sink, graph, true, options, to);
  case SYNTAX_NTRIPLES:
    return lines_write(sink, graph, false, options, to);
  case SYNTAX_NQUADS:
    return lines_write(sink, graph, true, options, to);
  case SYNTAX_RDFXML:
    return rdf_xml_write(sink, graph, options, to);
  case SYNTAX_RDFJSON:
    return rdf_json_write(sink, graph, options, to);
  case SYNTAX_JSONLD:
    return jsonld_write(sink, graph, options, to);
  case SYNTAX_RDFA:
  case SYNTAX_NONE:
    break;
  }
  const SyntaxInfo *const info = syntax_info(syntax);
  report(to, SEVERITY_ERROR, options ? options->file : NULL, 0, 0, "%s cannot be written",
         info ? info->name : "this syntax");
  return STATUS_ARGUMENT;
}
