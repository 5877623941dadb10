/*
 * The text form of the language. Only `package`, `network` and `return` are reserved; every other
 * word of the language may name a layer (rule `name`).
 *
 * Sums and pipes are flat lists, so that twenty thousand terms need no deep stack. Each decision
 * looks at two tokens or fewer: an expression is an operand and what goes on from it, instead of
 * two alternatives that begin alike.
 */
grammar LipSyntax;

/** A text declares any number of networks, in a package. */
file : header? imported* network* EOF ;

/** Without it the package is that of the interface that names the text, or the one that its folder
    spells. */
header : 'package' part ('.' part)* ';' ;

/** A network of another package, by its qualified name; it is then called by its simple name. */
imported : 'import' part ('.' part)* ';' ;

/** Packages may be called `network` as well. */
part : name | 'network' ;

/** A name, what goes in, the shape that comes out, and a body. */
network : 'network' name inputs '->' result=tensor body ;

/** In the order in which layers may read them. */
inputs : '(' input (',' input)* ')' ;

/** A shape and, where the inputs are bounded, the box that they lie in. */
input : name ':' tensor box? ;

/** A vector of n numbers is `real[n]`. */
tensor : 'real' '[' extents+=INTEGER (',' extents+=INTEGER)* ']' ;

/** Each element lies between these two numbers. */
box : 'in' '[' lower=number ',' upper=number ']' ;

/** Clauses stand before layers, and `return` stands last. */
body : '{' statement* '}' ;

/** A claim, a file of weights, a construction, a precision, a layer, or the output. */
statement
  : 'certify' 'lipschitz' '<=' number norms? (per | on)? ';' # certify
  | 'certify' 'pairs' ('with' 'signs')? ';'      # pairs
  | 'certify' 'range' box ';'                    # range
  | 'certify' 'monotone' trend (',' trend)* on? ';' # monotone
  | 'certify' 'slopes' '<=' slope (',' slope)* ('of' result=name '[' output=INTEGER ']')? on? ';' # slopes
  | 'certify' 'query' STRING ';'                 # query
  | 'weights' STRING ';'                         # weights
  | 'parameters' name ';'                        # parameters
  | 'precision' name ';'                         # precision
  | name '=' expression ';'                      # binding
  | 'return' expression ';'                      # output
  ;

/** `l2` or `linf`; from `l2` to `l2` where nothing is said. */
norms : 'from' domain=name 'to' codomain=name ;

/** The scale of the inputs' differences: that of a layer, or a unit for each element, also from a tensor. */
per : 'per' (layer=name | STRING | '[' lengths+=number (',' lengths+=number)* ']') ;

/** `increasing` or `decreasing` in all elements of an input or in one; all outputs, or `y` with a number. */
trend : direction=name 'in' named=name ('[' element=INTEGER ']')? ('of' result=name '[' output=INTEGER ']')? ;

/** How far outputs may move where one element moves by 1: of all elements of an input, or of one. */
slope : number 'in' named=name ('[' element=INTEGER ']')? ;

/** The region of a claim: the declared intervals, or parts of which the first one counts. */
on : 'on' ('box' | side (',' side)*) ;

/** All elements of an input or one of them: in an interval, or fixed. */
side : named=name ('[' element=INTEGER ']')? (box | '=' fixed=number) ;

/** A value; sums and pipes are not mixed without brackets. */
expression : operand continuation? ;

/** A sum of values, or operations one after the other. */
continuation
  : ('+' operand)+ # sum
  | ('|>' call)+   # pipe
  ;

/** An operation, the name of a layer, or an expression in brackets. */
operand
  : call                 # applied
  | '(' expression ')'   # bracketed
  ;

/** As an operand and without arguments this is a reference to a layer. */
call : qualified arguments? ;

/** An operation, a layer, or a network; a foreign network has its qualified name unless it is
    imported. */
qualified : name ('.' name)* ;

/** Brackets without arguments may be left out. */
arguments : '(' (argument (',' argument)*)? ')' ;

/** Layers that an operation reads, and numbers, lists of them and strings, which may be given by
    name. */
argument : (key=name '=')? value ;

/** `true` and `false` are read where an argument is a truth value. */
value
  : number                                     # numeric
  | '[' items+=number (',' items+=number)* ']' # list
  | STRING                                     # text
  | expression                                 # operation
  ;

/** Rounded once, to the nearest number of the precision. */
number : ('+' | '-')? (INTEGER | DECIMAL) ;

/** Words of the language are names wherever only a name can stand. */
name
  : WORD | 'import' | 'certify' | 'lipschitz' | 'pairs' | 'range' | 'monotone' | 'slopes' | 'query' | 'weights' | 'parameters'
  | 'precision' | 'from' | 'to' | 'per' | 'on' | 'box' | 'of' | 'real' | 'in' | 'with' | 'signs'
  ;

PACKAGE : 'package' ;
IMPORT : 'import' ;
NETWORK : 'network' ;
RETURN : 'return' ;
CERTIFY : 'certify' ;
LIPSCHITZ : 'lipschitz' ;
PAIRS : 'pairs' ;
RANGE : 'range' ;
MONOTONE : 'monotone' ;
SLOPES : 'slopes' ;
QUERY : 'query' ;
WEIGHTS : 'weights' ;
PARAMETERS : 'parameters' ;
PRECISION : 'precision' ;
FROM : 'from' ;
TO : 'to' ;
PER : 'per' ;
ON : 'on' ;
BOX : 'box' ;
OF : 'of' ;
REAL : 'real' ;
IN : 'in' ;
WITH : 'with' ;
SIGNS : 'signs' ;

OPEN : '(' ;
CLOSE : ')' ;
OPEN_BRACKET : '[' ;
CLOSE_BRACKET : ']' ;
OPEN_BRACE : '{' ;
CLOSE_BRACE : '}' ;
COMMA : ',' ;
COLON : ':' ;
SEMICOLON : ';' ;
DOT : '.' ;
EQUALS : '=' ;
AT_MOST : '<=' ;
ARROW : '->' ;
PIPE : '|>' ;
PLUS : '+' ;
MINUS : '-' ;

/** Letters, digits and underscores, but no digit first. */
WORD : [a-zA-Z_] [a-zA-Z_0-9]* ;

/** Decimal digits. */
INTEGER : [0-9]+ ;

/** A fraction, an exponent, or both. */
DECIMAL : [0-9]+ '.' [0-9]+ ([eE] [+-]? [0-9]+)? | [0-9]+ [eE] [+-]? [0-9]+ ;

/** On one line; `\"` and `\\` are the escapes. */
STRING : '"' CHARACTER* '"' ;

/* Hidden, not skipped: a doc comment is found to the left of what it describes, and none is lost. */
/** One that begins with two stars, before a network, becomes the Javadoc of the generated class. */
COMMENT : '/*' INSIDE* '*'+ '/' -> channel(HIDDEN) ;

/** To the end of the line. */
LINE_COMMENT : '//' ~[\r\n]* -> channel(HIDDEN) ;
BLANK : [ \t\r\n\f]+ -> skip ;

/* The faults of a lexer are tokens as well: so the parser alone reports faults. */
UNCLOSED_STRING : '"' CHARACTER* ;
UNCLOSED_COMMENT : '/*' INSIDE* '*'* EOF ;
STRAY : . ;

/** Part of a string. */
fragment CHARACTER : ~["\\\r\n] | '\\' ~[\r\n] ;

/** Part of a comment. */
fragment INSIDE : ~'*' | '*'+ ~[*/] ;
