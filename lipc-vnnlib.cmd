@echo off
rem The command line of solvers that VNN-LIB 2.0 sets, on Windows.
call "%~dp0lipc.cmd" vnnlib %*
exit /b %ERRORLEVEL%
