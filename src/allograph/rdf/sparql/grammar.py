"""The grammar of SPARQL queries: SPARQL 1.1 Query, section 19.8, with the triple terms of 1.2.

It is LL(1), as the standard's is: the next token alone tells how to go on. Lower-case names are the
kinds of ``tokens``, quoted words are keywords and marks, the other names are productions. A sign is
a token of its own, and ``()`` and ``[]`` are two, where the standard has one.
"""

PRODUCTIONS = """
Query: Prologue QueryForm ValuesClause
QueryForm: SelectQuery | ConstructQuery | DescribeQuery | AskQuery
Prologue: ( BaseDecl | PrefixDecl | VersionDecl )*
BaseDecl: 'BASE' iri
PrefixDecl: 'PREFIX' prefix iri
VersionDecl: 'VERSION' string
SelectQuery: SelectClause DatasetClause* WhereClause SolutionModifier
SubSelect: SelectClause WhereClause SolutionModifier ValuesClause
SelectClause: 'SELECT' ( 'DISTINCT' | 'REDUCED' )? ( SelectItem+ | '*' )
SelectItem: variable | '(' Expression 'AS' variable ')'
ConstructQuery: 'CONSTRUCT' ( ConstructTemplate DatasetClause* WhereClause SolutionModifier
  | DatasetClause* 'WHERE' '{' TriplesTemplate? '}' SolutionModifier )
DescribeQuery: 'DESCRIBE' ( VarOrIri+ | '*' ) DatasetClause* WhereClause? SolutionModifier
AskQuery: 'ASK' DatasetClause* WhereClause SolutionModifier
DatasetClause: 'FROM' 'NAMED'? Iri
WhereClause: 'WHERE'? GroupGraphPattern
SolutionModifier: GroupClause? HavingClause? OrderClause? LimitClauses?
GroupClause: 'GROUP' 'BY' GroupCondition+
GroupCondition: BuiltInCall | FunctionCall | '(' Expression ( 'AS' variable )? ')' | variable
HavingClause: 'HAVING' Constraint+
OrderClause: 'ORDER' 'BY' OrderCondition+
OrderCondition: ( 'ASC' | 'DESC' ) BrackettedExpression | Constraint | variable
LimitClauses: 'LIMIT' number ( 'OFFSET' number )? | 'OFFSET' number ( 'LIMIT' number )?
ValuesClause: ( 'VALUES' DataBlock )?
GroupGraphPattern: '{' ( SubSelect | GroupGraphPatternSub ) '}'
GroupGraphPatternSub: TriplesBlock? ( GraphPatternNotTriples '.'? TriplesBlock? )*
TriplesBlock: TriplesSameSubject ( '.' TriplesBlock? )?
GraphPatternNotTriples: GroupOrUnion | OptionalPattern | MinusPattern | GraphPattern
  | ServicePattern | LateralPattern | Filter | Bind | InlineData
OptionalPattern: 'OPTIONAL' GroupGraphPattern
LateralPattern: 'LATERAL' GroupGraphPattern
GraphPattern: 'GRAPH' VarOrIri GroupGraphPattern
ServicePattern: 'SERVICE' 'SILENT'? VarOrIri GroupGraphPattern
Bind: 'BIND' '(' Expression 'AS' variable ')'
InlineData: 'VALUES' DataBlock
DataBlock: InlineDataOneVar | InlineDataFull
InlineDataOneVar: variable '{' DataBlockValue* '}'
InlineDataFull: '(' variable* ')' '{' DataRow* '}'
DataRow: '(' DataBlockValue* ')'
DataBlockValue: Iri | Literal | 'UNDEF' | TripleTermData
TripleTermData: '<<(' DataTerm ( Iri | 'a' ) DataTerm ')>>'
DataTerm: Iri | Literal | TripleTermData
MinusPattern: 'MINUS' GroupGraphPattern
GroupOrUnion: GroupGraphPattern ( 'UNION' GroupGraphPattern )*
Filter: 'FILTER' Constraint
Constraint: BrackettedExpression | BuiltInCall | FunctionCall
FunctionCall: Iri ArgList
ArgList: '(' ( 'DISTINCT'? Expression ( ',' Expression )* )? ')'
ConstructTemplate: '{' TriplesTemplate? '}'
TriplesTemplate: TriplesSameSubject ( '.' TriplesTemplate? )?
TriplesSameSubject: VarOrTerm PropertyList | TriplesNode PropertyList? | ReifiedTriple PropertyList?
PropertyList: Property ( ';' Property? )*
Property: ( Path | variable ) ObjectList
ObjectList: Object ( ',' Object )*
Object: GraphNode Annotation
Annotation: ( '~' VarOrReifier? | '{|' PropertyList '|}' )*
VarOrReifier: variable | Iri | BlankNode
TriplesNode: '(' GraphNode* ')' | '[' PropertyList? ']'
GraphNode: VarOrTerm | TriplesNode | ReifiedTriple
ReifiedTriple: '<<' ReifiedTerm Verb ReifiedTerm ( '~' VarOrReifier? )? '>>'
ReifiedTerm: VarOrTerm | ReifiedTriple
TripleTerm: '<<(' VarOrTerm Verb VarOrTerm ')>>'
Verb: VarOrIri | 'a'
Path: PathSequence ( '|' PathSequence )*
PathSequence: PathElt ( '/' PathElt )*
PathElt: '^'? PathPrimary ( '?' | '*' | '+' )?
PathPrimary: Iri | 'a' | '!' PathNegated | '(' Path ')'
PathNegated: PathOne | '(' ( PathOne ( '|' PathOne )* )? ')'
PathOne: '^'? ( Iri | 'a' )
VarOrTerm: variable | Iri | Literal | BlankNode | TripleTerm
VarOrIri: variable | Iri
Expression: AndExpression ( '||' AndExpression )*
AndExpression: RelationalExpression ( '&&' RelationalExpression )*
RelationalExpression: AdditiveExpression ( Comparison AdditiveExpression | 'IN' ExpressionList
  | 'NOT' 'IN' ExpressionList )?
Comparison: '=' | '!=' | '<' | '>' | '<=' | '>='
ExpressionList: '(' ( Expression ( ',' Expression )* )? ')'
AdditiveExpression: MultiplicativeExpression ( ( '+' | '-' ) MultiplicativeExpression )*
MultiplicativeExpression: UnaryExpression ( ( '*' | '/' ) UnaryExpression )*
UnaryExpression: ( '!' | '+' | '-' )? PrimaryExpression
PrimaryExpression: BrackettedExpression | BuiltInCall | IriOrFunction | ExpressionLiteral | variable
  | TripleTerm
ExpressionLiteral: string ( tag | '^^' Iri )? | number | 'true' | 'false'
IriOrFunction: Iri ArgList?
BrackettedExpression: '(' Expression ')'
BuiltInCall: Aggregate | Function0 '(' ')' | Function1 '(' Expression ')'
  | Function2 '(' Expression ',' Expression ')'
  | Function3 '(' Expression ',' Expression ',' Expression ')'
  | 'BOUND' '(' variable ')' | 'BNODE' '(' Expression? ')'
  | FunctionMany ExpressionList
  | ( 'SUBSTR' | 'REGEX' ) '(' Expression ',' Expression ( ',' Expression )? ')'
  | 'REPLACE' '(' Expression ',' Expression ',' Expression ( ',' Expression )? ')'
  | 'EXISTS' GroupGraphPattern | 'NOT' 'EXISTS' GroupGraphPattern
Aggregate: 'COUNT' '(' 'DISTINCT'? ( '*' | Expression ) ')'
  | ( 'SUM' | 'MIN' | 'MAX' | 'AVG' | 'SAMPLE' ) '(' 'DISTINCT'? Expression ')'
  | 'GROUP_CONCAT' '(' 'DISTINCT'? Expression ( ';' 'SEPARATOR' '=' string )? ')'
Function0: 'RAND' | 'NOW' | 'UUID' | 'STRUUID'
Function1: 'STR' | 'LANG' | 'DATATYPE' | 'IRI' | 'URI' | 'ABS' | 'CEIL' | 'FLOOR' | 'ROUND'
  | 'STRLEN' | 'UCASE' | 'LCASE' | 'ENCODE_FOR_URI' | 'YEAR' | 'MONTH' | 'DAY' | 'HOURS'
  | 'MINUTES' | 'SECONDS' | 'TIMEZONE' | 'TZ' | 'MD5' | 'SHA1' | 'SHA256' | 'SHA384' | 'SHA512'
  | 'ISIRI' | 'ISURI' | 'ISBLANK' | 'ISLITERAL' | 'ISNUMERIC' | 'ISTRIPLE' | 'SUBJECT'
  | 'PREDICATE' | 'OBJECT' | 'LANGDIR' | 'HASLANG' | 'HASLANGDIR' | 'ADJUST'
Function2: 'LANGMATCHES' | 'CONTAINS' | 'STRSTARTS' | 'STRENDS' | 'STRBEFORE' | 'STRAFTER'
  | 'STRLANG' | 'STRDT' | 'SAMETERM'
Function3: 'IF' | 'TRIPLE' | 'STRLANGDIR'
FunctionMany: 'CONCAT' | 'COALESCE'
Literal: string ( tag | '^^' Iri )? | ( '+' | '-' )? number | 'true' | 'false'
BlankNode: blank
Iri: iri | name | prefix
"""
