/*
 * The text form of the language. Only `package`, `network` and `return` are reserved; every other
 * word of the language may name a layer (rule `name`).
 *
 * Sums and pipes are flat lists, so that twenty thousand terms need no deep stack. Each decision
 * looks at two tokens or fewer: an expression is an operand and what goes on from it, instead of
 * two alternatives that begin alike.
 */
grammar LipSyntax;

file : header? imported* network* EOF ;

header : 'package' part ('.' part)* ';' ;

imported : 'import' part ('.' part)* ';' ;

part : name | 'network' ;

network : 'network' name inputs '->' result=tensor body ;

inputs : '(' input (',' input)* ')' ;

input : name ':' tensor box? ;

tensor : 'real' '[' extents+=INTEGER (',' extents+=INTEGER)* ']' ;

box : 'in' '[' lower=number ',' upper=number ']' ;

/* Clauses stand before layers and `return` stands last; the reader says so better than a parser. */
body : '{' statement* '}' ;

statement
  : 'certify' 'lipschitz' '<=' number norms? ';' # certify
  | 'weights' STRING ';'                         # weights
  | 'parameters' name ';'                        # parameters
  | 'precision' name ';'                         # precision
  | name '=' expression ';'                      # binding
  | 'return' expression ';'                      # output
  ;

norms : 'from' domain=name 'to' codomain=name ;

expression : operand continuation? ;

continuation
  : ('+' operand)+ # sum
  | ('|>' call)+   # pipe
  ;

operand
  : call                 # applied
  | '(' expression ')'   # bracketed
  ;

/* As an operand and without arguments this is a reference to a layer. */
call : qualified arguments? ;

qualified : name ('.' name)* ;

arguments : '(' (argument (',' argument)*)? ')' ;

argument : (key=name '=')? value ;

value
  : number     # numeric
  | STRING     # text
  | expression # operation
  ;

number : ('+' | '-')? (INTEGER | DECIMAL) ;

name
  : WORD | 'import' | 'certify' | 'lipschitz' | 'weights' | 'parameters' | 'precision'
  | 'from' | 'to' | 'real' | 'in'
  ;

PACKAGE : 'package' ;
IMPORT : 'import' ;
NETWORK : 'network' ;
RETURN : 'return' ;
CERTIFY : 'certify' ;
LIPSCHITZ : 'lipschitz' ;
WEIGHTS : 'weights' ;
PARAMETERS : 'parameters' ;
PRECISION : 'precision' ;
FROM : 'from' ;
TO : 'to' ;
REAL : 'real' ;
IN : 'in' ;

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

WORD : [a-zA-Z_] [a-zA-Z_0-9]* ;
INTEGER : [0-9]+ ;
DECIMAL : [0-9]+ '.' [0-9]+ ([eE] [+-]? [0-9]+)? | [0-9]+ [eE] [+-]? [0-9]+ ;
STRING : '"' CHARACTER* '"' ;

/* Hidden, not skipped: a doc comment is found to the left of what it describes, and none is lost. */
COMMENT : '/*' INSIDE* '*'+ '/' -> channel(HIDDEN) ;
LINE_COMMENT : '//' ~[\r\n]* -> channel(HIDDEN) ;
BLANK : [ \t\r\n\f]+ -> skip ;

/* The faults of a lexer are tokens as well: so the parser alone reports faults. */
UNCLOSED_STRING : '"' CHARACTER* ;
UNCLOSED_COMMENT : '/*' INSIDE* '*'* EOF ;
STRAY : . ;

fragment CHARACTER : ~["\\\r\n] | '\\' ~[\r\n] ;
fragment INSIDE : ~'*' | '*'+ ~[*/] ;
