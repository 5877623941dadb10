@echo off
rem The lipc command line on Windows: finds a Java 17 or newer, builds the jar where it is missing, and runs it.
setlocal
set "HERE=%~dp0"
set "JAR=%HERE%tools\target\lipc-tools-0.1.0-SNAPSHOT-cli.jar"
set "FOUND="
set "OLDER="

rem LIPC_JAVA, or the first of version 25 or newer, which trains faster, or the first of 17 or newer.
if defined LIPC_JAVA call :try "%LIPC_JAVA%"
if not defined FOUND set "FOUND=%OLDER%"
if defined LIPC_JAVA if not defined FOUND goto wrong
if defined JAVA_HOME call :try "%JAVA_HOME%\bin\java.exe"
for %%J in (java.exe) do call :try "%%~$PATH:J"
for /d %%D in ("%ProgramFiles%\Eclipse Adoptium\jdk-*" "%ProgramFiles%\Java\jdk-*" "%ProgramFiles%\Microsoft\jdk-*" "%ProgramFiles%\Zulu\zulu-*" "%USERPROFILE%\.jdks\*") do call :try "%%~D\bin\java.exe"
if not defined FOUND set "FOUND=%OLDER%"
if not defined FOUND goto none
if exist "%JAR%" goto start

echo lipc: building the command line once, which takes some minutes 1>&2
pushd "%HERE%"
call mvn -q -Dmaven.test.skip -pl tools -am package 1>&2
popd
if not exist "%JAR%" exit /b 2

:start
rem Training takes less time by the Vector API, with the same result; Java says that it is an incubator module.
set "VECTORS="
if not "%~1"=="train" goto run
"%FOUND%" --list-modules | findstr /b /r /c:"jdk.incubator.vector@2[5-9]" /c:"jdk.incubator.vector@[3-9][0-9]" >nul && set "VECTORS=--add-modules=jdk.incubator.vector"

:run
"%FOUND%" %VECTORS% -jar "%JAR%" %*
exit /b %ERRORLEVEL%

:none
echo lipc: no Java 17 or newer was found; install one (such as Temurin 25) or set JAVA_HOME 1>&2
exit /b 2

:wrong
echo lipc: LIPC_JAVA=%LIPC_JAVA% is no program java of version 17 or newer 1>&2
exit /b 2

rem Remembers the given java, where none of version 25 or newer was found before.
:try
if defined FOUND exit /b 0
if not exist "%~1" exit /b 0
set "VERSION="
rem The outer quotes are for cmd, which takes away the first and the last one.
for /f "tokens=2,3" %%A in ('^""%~1" -version 2^>^&1^"') do if "%%A"=="version" set "VERSION=%%~B"
for /f "delims=.-+" %%M in ("%VERSION%") do set "MAJOR=%%M"
if not defined VERSION exit /b 0
if %MAJOR% GEQ 25 set "FOUND=%~1"
if %MAJOR% GEQ 17 if not defined OLDER set "OLDER=%~1"
exit /b 0
